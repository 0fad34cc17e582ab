package dev.jzoo.training;

import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A training run before it starts: a new one, or an interrupted one that continues with its own settings.
 *
 * @param recipe the recipe
 * @param engine the engine that trains
 * @param hyperparameters the settings of the run; for a sweep, those of its first seed
 * @param folder the run's folder
 */
public record PlannedRun(Recipe recipe, Engine engine, Hyperparameters hyperparameters, RunFolder folder) {

    private static final String SEED = "seed-";
    private static final Pattern SEED_FOLDER = Pattern.compile(SEED + "(-?\\d+)");

    public PlannedRun {
        Objects.requireNonNull(recipe, "recipe");
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(hyperparameters, "hyperparameters");
        Objects.requireNonNull(folder, "folder");
    }

    /**
     * Reads the settings of an interrupted run.
     *
     * @param run its folder
     * @throws JZooException NOT_FOUND if it is not the folder of a run, or if the recipe does not exist; BAD_INPUT if
     *     it is the folder of a sweep
     */
    public static PlannedRun resumed(Path run) throws IOException {
        if (isSweep(run)) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    run + " cannot be resumed as a single run: it is a run of several seeds.",
                    "Resume it with the number of its seeds (--seeds), or name the folder of one seed in it.");
        }
        return begun(RunFolder.at(run), RunFolder.at(run));
    }

    /**
     * Reads the settings of an interrupted {@link SeedSweep}.
     *
     * @param sweep its folder
     * @throws JZooException NOT_FOUND if it has no folder of a seed, or if the recipe does not exist
     */
    public static PlannedRun resumedSweep(Path sweep) throws IOException {
        return begun(RunFolder.at(firstSeed(sweep)), RunFolder.at(sweep));
    }

    private static PlannedRun begun(RunFolder first, RunFolder whole) throws IOException {
        RecipeFile begun = first.recipe();
        return new PlannedRun(Recipes.get(begun.recipe()), Engine.of(begun.engine()), begun.hyperparameters(), whole);
    }

    private static boolean isSweep(Path run) throws IOException {
        return !seedFolders(run).isEmpty();
    }

    private static Path firstSeed(Path sweep) throws IOException {
        return seedFolders(sweep).stream()
                .min(Comparator.comparingLong(PlannedRun::seed))
                .orElseThrow(() -> new JZooException(
                        JZooException.Code.NOT_FOUND,
                        "Cannot resume " + sweep + " as a run of several seeds: it has no folder of a seed.",
                        "To resume a single run, omit --seeds."));
    }

    private static List<Path> seedFolders(Path sweep) throws IOException {
        try (Stream<Path> entries = Files.isDirectory(sweep) ? Files.list(sweep) : Stream.empty()) {
            return entries.filter(entry ->
                            SEED_FOLDER.matcher(entry.getFileName().toString()).matches())
                    .toList();
        }
    }

    private static long seed(Path folder) {
        return Long.parseLong(folder.getFileName().toString().substring(SEED.length()));
    }

    /** Adds the missing parts: the source of data, the hardware and the listener. */
    public TrainingRun with(Store store, Compute compute, TrainingListener listener) {
        return new TrainingRun(engine, hyperparameters, store, folder, compute, listener);
    }
}
