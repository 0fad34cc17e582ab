package dev.jzoo.training;

import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.file.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A sweep: one recipe trained with several seeds, to separate luck from quality. Each seed has its own run in {@code
 * seed-<n>/}. The model of the median seed becomes the model of the sweep, in {@code model/}, and its card has the
 * spread over all seeds:
 *
 * <pre>
 * seed-1/ ... seed-5/       a run each
 * seeds.csv                 a row per seed with its metrics
 * recipe.json               the median seed's
 * metrics.json              the median seed's, with {@code <headline>.median}, {@code .min}, {@code .max} and {@code .seeds}
 * model/                    the median seed's, with these metrics in its card
 * </pre>
 *
 * @param headline the metric by which seeds are compared
 * @param seeds the seeds in the order of their training
 * @param median the seed in the middle; with an even number of seeds, the worse of the two in the middle
 * @param result the result of the sweep, with the model of the median seed
 */
public record SeedSweep(Recipe.Headline headline, List<Seed> seeds, Seed median, TrainingResult result) {

    /** A seed with the result of its run. */
    public record Seed(long seed, TrainingResult result) {}

    public SeedSweep {
        seeds = List.copyOf(seeds);
    }

    /**
     * Trains with one seed after the other.
     *
     * @param first the run of the sweep: its settings have the first seed, and its folder is the sweep's
     * @param count number of seeds, 1 or more; they follow the first one
     * @throws dev.jzoo.zoo.error.JZooException for the reasons that {@link Recipe#train} lists; the runs of earlier
     *     seeds are kept
     */
    public static SeedSweep run(Recipe recipe, TrainingRun first, int count) throws IOException {
        if (count < 1) {
            throw new IllegalArgumentException("The number of seeds must be 1 or more, not " + count + ".");
        }
        List<Seed> seeds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long seed = first.hyperparameters().seed() + i;
            first.listener().stage("Seed " + seed + ", " + (i + 1) + " of " + count);
            RunFolder folder = RunFolder.at(first.folder().path().resolve("seed-" + seed));
            seeds.add(new Seed(seed, recipe.train(first.withSeed(seed, folder))));
        }
        Seed median = median(seeds, recipe.headline());
        TrainingResult result = summarise(first.folder(), recipe.headline(), seeds, median);
        return new SeedSweep(recipe.headline(), seeds, median, result);
    }

    /** Returns the headline metric of a seed. */
    public double value(Seed seed) {
        return seed.result().metric(headline.metric());
    }

    /** Returns the lowest value of the headline metric. */
    public double min() {
        return seeds.stream().mapToDouble(this::value).min().orElseThrow();
    }

    /** Returns the highest value of the headline metric. */
    public double max() {
        return seeds.stream().mapToDouble(this::value).max().orElseThrow();
    }

    private static Seed median(List<Seed> seeds, Recipe.Headline headline) {
        Comparator<Seed> rising =
                Comparator.comparingDouble(seed -> seed.result().metric(headline.metric()));
        return seeds.stream()
                .sorted(headline.better() == Recipe.Better.LOWER ? rising : rising.reversed())
                .skip(seeds.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static TrainingResult summarise(RunFolder whole, Recipe.Headline headline, List<Seed> seeds, Seed median)
            throws IOException {
        SeedSweep spread = new SeedSweep(headline, seeds, median, median.result());
        Map<String, Double> metrics = new TreeMap<>(median.result().card().metrics());
        metrics.put(headline.metric() + ".median", spread.value(median));
        metrics.put(headline.metric() + ".min", spread.min());
        metrics.put(headline.metric() + ".max", spread.max());
        metrics.put(headline.metric() + ".seeds", (double) seeds.size());
        ModelCard card = median.result().card().withMetrics(metrics);
        copy(median.result().model(), whole.model());
        ModelFolder.describe(whole.model(), card);
        AtomicFile.write(
                whole.path().resolve("recipe.json"),
                Files.readString(whole.model().resolve("recipe.json")));
        AtomicFile.write(whole.path().resolve("seeds.csv"), csv(seeds));
        whole.writeMetrics(metrics);
        double seconds =
                seeds.stream().mapToDouble(seed -> seed.result().seconds()).sum();
        return new TrainingResult(whole.path(), card, median.result().parity(), seconds);
    }

    private static String csv(List<Seed> seeds) {
        List<String> names = List.copyOf(seeds.get(0).result().card().metrics().keySet());
        StringBuilder text = new StringBuilder("seed," + String.join(",", names) + "\n");
        for (Seed seed : seeds) {
            text.append(seed.seed());
            names.forEach(name -> text.append(',').append(seed.result().metric(name)));
            text.append('\n');
        }
        return text.toString();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path source : tree.toList()) {
                Path target = to.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
