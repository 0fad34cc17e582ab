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
 * A training run before it starts: a new one, or one that was interrupted and goes on with the settings that it began with.
 *
 * @param recipe that trains
 * @param engine that trains
 * @param hyperparameters of the run; of a sweep, those of its first seed
 * @param folder of the run
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
     * Reads the settings of a run that was interrupted.
     *
     * @param run its folder
     * @throws JZooException NOT_FOUND where that is no folder of a run, or there is no such recipe; BAD_INPUT where it is that of a sweep
     */
    public static PlannedRun resumed(Path run) throws IOException {
        if (isSweep(run)) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    run + " is a run of several seeds.",
                    "Resume it with the number of its seeds (--seeds), or name the run of one seed in it.");
        }
        return begun(RunFolder.at(run), RunFolder.at(run));
    }

    /**
     * Reads the settings of a {@link SeedSweep} that was interrupted.
     *
     * @param sweep its folder
     * @throws JZooException NOT_FOUND where that has no folder of a seed, or there is no such recipe
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
                        "There are no runs of several seeds in " + sweep + ".",
                        "To resume a single run, ask for no seeds."));
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

    /** Says where data come from, what computes and who listens, which are all that is missing. */
    public TrainingRun with(Store store, Compute compute, TrainingListener listener) {
        return new TrainingRun(engine, hyperparameters, store, folder, compute, listener);
    }
}
