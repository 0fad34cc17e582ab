package dev.jzoo.cli;

import dev.jzoo.export.Parity;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.Recipes;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.SeedSweep;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.TrainingRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jzoo train}. */
@Command(
        name = "train",
        description =
                "Train a model by its recipe, export it to ONNX, compare it with ONNX Runtime, measure and report."
                        + " What is not said is as in the published model.",
        footer = {
            "  jzoo train airline-lstm",
            "  jzoo train airline-lstm --engine dl4j --epochs 20 --lr 0.005",
            "  jzoo train airline-lstm --seeds 5",
            "  jzoo train mnist-logistic --json"
        })
final class TrainCommand implements Callable<Integer> {

    private final JzooCommand jzoo;

    @Parameters(
            paramLabel = "RECIPE",
            completionCandidates = RecipeNames.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private String recipe = "";

    @Option(names = "--engine", paramLabel = "ENGINE", defaultValue = "djl", description = "djl or dl4j (djl).")
    private String engine = "";

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training data.")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--batch", paramLabel = "N", description = "Examples for each step of the optimiser.")
    private Optional<Integer> batch = Optional.empty();

    @Option(names = "--lr", paramLabel = "X", description = "Learning rate.")
    private Optional<Double> learningRate = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the initial weights and the order of the data; the first" + " one of several.")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--seeds", paramLabel = "N", description = "Train with so many seeds and keep the median model.")
    private Optional<Integer> seeds = Optional.empty();

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "runs", description = "Where runs are kept (runs).")
    private String out = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the run's folder; recipe and time if not said.")
    private Optional<String> name = Optional.empty();

    TrainCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    /** For completion and help; read when asked for. */
    static final class RecipeNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Recipes.all().stream().map(Recipe::id).iterator();
        }
    }

    /** What {@code --json} prints. */
    private record Document(
            String run,
            String model,
            SortedMap<String, Double> metrics,
            Parity parity,
            double seconds,
            String report,
            List<SeedRow> seeds) {}

    private record SeedRow(long seed, double value, String run) {}

    @Override
    public Integer call() throws IOException {
        Recipe chosen = Recipes.get(recipe);
        Engine trainer = Engine.of(engine);
        if (seeds.isPresent()) {
            SeedSweep sweep = sweep(chosen, trainer, seeds.get());
            List<SeedRow> rows = sweep.seeds().stream()
                    .map(s -> new SeedRow(
                            s.seed(), sweep.value(s), s.result().run().toString()))
                    .toList();
            Document document = document(sweep.result(), report(sweep.median().result()), rows);
            jzoo.output().print(document, text -> {
                print(sweep, text);
                print(chosen, trainer, document, text);
            });
        } else {
            TrainingResult result = train(chosen, trainer);
            Document document = document(result, report(result), List.of());
            jzoo.output().print(document, text -> print(chosen, trainer, document, text));
        }
        return 0;
    }

    private TrainingResult train(Recipe chosen, Engine trainer) throws IOException {
        try (TrainingProgress progress = TrainingProgress.of(jzoo.output())) {
            return chosen.train(run(chosen, trainer, progress));
        }
    }

    private SeedSweep sweep(Recipe chosen, Engine trainer, int count) throws IOException {
        try (TrainingProgress progress = TrainingProgress.of(jzoo.output())) {
            return SeedSweep.run(chosen, run(chosen, trainer, progress), count);
        }
    }

    private TrainingRun run(Recipe chosen, Engine trainer, TrainingProgress progress) {
        return new TrainingRun(trainer, hyperparameters(chosen), jzoo.store(), folder(), Compute.standard(), progress);
    }

    private Hyperparameters hyperparameters(Recipe chosen) {
        Hyperparameters defaults = chosen.defaults();
        return new Hyperparameters(
                epochs.orElse(defaults.epochs()),
                batch.orElse(defaults.batch()),
                learningRate.orElse(defaults.learningRate()),
                seed.orElse(defaults.seed()));
    }

    private RunFolder folder() {
        Path parent = jzoo.host().path(out);
        if (name.isEmpty()) {
            return RunFolder.create(parent, recipe);
        }
        if (Files.exists(parent.resolve(name.get()))) {
            throw new IllegalArgumentException(
                    parent.resolve(name.get()) + " is there already; give the run another --name.");
        }
        return RunFolder.at(parent.resolve(name.get()));
    }

    private static Document document(TrainingResult result, String report, List<SeedRow> seeds) {
        return new Document(
                result.run().toString(),
                result.model().toString(),
                result.card().metrics(),
                result.parity(),
                result.seconds(),
                report,
                seeds);
    }

    /** The report's path; empty if there is none. */
    private static String report(TrainingResult result) {
        Path page = result.run().resolve("report").resolve("index.html");
        return Files.exists(page) ? page.toString() : "";
    }

    private static void print(SeedSweep sweep, PrintWriter out) {
        Table table = new Table(
                Table.Column.right("SEED"),
                Table.Column.right(sweep.headline().metric().toUpperCase(Locale.ROOT)),
                Table.Column.left(""));
        for (SeedSweep.Seed seed : sweep.seeds()) {
            table.row(
                    Long.toString(seed.seed()),
                    Words.number(sweep.value(seed)),
                    seed.equals(sweep.median()) ? "median" : "");
        }
        table.print(out);
        out.printf(
                "Median %s, from %s to %s%n%n",
                Words.number(sweep.value(sweep.median())), Words.number(sweep.min()), Words.number(sweep.max()));
    }

    private static void print(Recipe recipe, Engine engine, Document done, PrintWriter out) {
        out.println(recipe.id() + ", " + engine.title() + ", " + Words.seconds(done.seconds));
        done.metrics.forEach((metric, value) -> out.printf("  %-28s %s%n", metric, Words.number(value)));
        out.printf(
                Locale.ROOT,
                "ONNX Runtime agrees: largest difference %s over %,d values%n",
                Words.number(done.parity.maxError()),
                done.parity.values());
        out.println("Run     " + done.run);
        out.println("Model   " + done.model);
        if (!done.report.isEmpty()) {
            out.println("Report  " + done.report);
        }
    }
}
