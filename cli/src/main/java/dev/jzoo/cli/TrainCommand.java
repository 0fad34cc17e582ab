package dev.jzoo.cli;

import dev.jzoo.export.Parity;
import dev.jzoo.inference.Device;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.RecipeFile;
import dev.jzoo.training.Recipes;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.SeedSweep;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.JZooException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "  jzoo train airline-lstm --optimizer momentum --schedule cosine --lr 0.05",
            "  jzoo train airline-lstm --seeds 5",
            "  jzoo train mnist-logistic --json",
            "  jzoo train --resume runs/interrupted"
        })
final class TrainCommand implements Callable<Integer> {

    private final JzooCommand jzoo;

    @Parameters(
            paramLabel = "RECIPE",
            arity = "0..1",
            completionCandidates = RecipeNames.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private Optional<String> recipe = Optional.empty();

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description =
                    "In place of RECIPE: go on with a run that was interrupted, with the settings that it began with.")
    private Optional<String> resume = Optional.empty();

    @Option(names = "--engine", paramLabel = "ENGINE", description = "djl or dl4j (djl).")
    private Optional<String> engine = Optional.empty();

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

    @Option(names = "--limit", paramLabel = "N", description = "Learn from the first N examples only.")
    private Optional<Integer> limit = Optional.empty();

    @Mixin
    private TrainingOverrides overrides = new TrainingOverrides();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that share the work of one operation; as the recipe recommends if not said.")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "cpu, cuda, cuda:1, or auto: CUDA if there is one (cpu).")
    private String device = "";

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

    /** What is trained: asked for by a recipe's name, or by the folder of a run. */
    private record Request(Recipe recipe, Engine engine, Hyperparameters hyperparameters, RunFolder folder) {}

    @Override
    public Integer call() throws IOException {
        if (recipe.isPresent() == resume.isPresent()) {
            throw new IllegalArgumentException("Name a RECIPE to train, or a run to --resume.");
        }
        Request request = recipe.isPresent()
                ? begun(Recipes.get(recipe.get()))
                : resumed(jzoo.host().path(resume.get()));
        if (seeds.isPresent()) {
            SeedSweep sweep = sweep(request, seeds.get());
            List<SeedRow> rows = sweep.seeds().stream()
                    .map(s -> new SeedRow(
                            s.seed(), sweep.value(s), s.result().run().toString()))
                    .toList();
            Document document = document(sweep.result(), report(sweep.median().result()), rows);
            jzoo.output().print(document, text -> {
                print(sweep, text);
                print(request, document, text);
            });
        } else {
            TrainingResult result = train(request);
            Document document = document(result, report(result), List.of());
            jzoo.output().print(document, text -> print(request, document, text));
        }
        return 0;
    }

    private TrainingResult train(Request request) throws IOException {
        try (TrainingProgress progress = TrainingProgress.of(jzoo.output())) {
            return ResumeHint.during(
                    progress, resumption(request), () -> request.recipe().train(run(request, progress)));
        }
    }

    private SeedSweep sweep(Request request, int count) throws IOException {
        try (TrainingProgress progress = TrainingProgress.of(jzoo.output())) {
            return ResumeHint.during(
                    progress,
                    resumption(request) + " --seeds " + count,
                    () -> SeedSweep.run(request.recipe(), run(request, progress), count));
        }
    }

    private static String resumption(Request request) {
        return "jzoo train --resume " + request.folder().path();
    }

    private TrainingRun run(Request request, TrainingProgress progress) {
        return new TrainingRun(
                request.engine(),
                request.hyperparameters(),
                jzoo.store(),
                request.folder(),
                new Compute(Device.parse(device), threads.orElse(0)),
                progress);
    }

    private Request begun(Recipe chosen) {
        Hyperparameters defaults = chosen.defaults();
        Hyperparameters settings = new Hyperparameters(
                epochs.orElse(defaults.epochs()),
                batch.orElse(defaults.batch()),
                learningRate.orElse(defaults.learningRate()),
                seed.orElse(defaults.seed()),
                limit.orElse(defaults.limit()),
                overrides.given());
        return new Request(chosen, Engine.of(engine.orElse("djl")), settings, folder(chosen));
    }

    /** A run as it was begun; of several seeds, the first one's. */
    private Request resumed(Path run) throws IOException {
        boolean changed = Stream.of(engine, epochs, batch, learningRate, seed, limit, name)
                .anyMatch(Optional::isPresent);
        if (changed || !overrides.given().isEmpty()) {
            throw new IllegalArgumentException(
                    "A run is resumed with the settings that it began with; beside --resume there"
                            + " may be --seeds, --threads and --device.");
        }
        RecipeFile begun =
                RunFolder.at(seeds.isPresent() ? firstSeed(run) : run).recipe();
        return new Request(
                Recipes.get(begun.recipe()), Engine.of(begun.engine()), begun.hyperparameters(), RunFolder.at(run));
    }

    private static Path firstSeed(Path sweep) throws IOException {
        Pattern name = Pattern.compile("seed-(-?\\d+)");
        try (Stream<Path> entries = Files.isDirectory(sweep) ? Files.list(sweep) : Stream.empty()) {
            return entries.filter(entry ->
                            name.matcher(entry.getFileName().toString()).matches())
                    .min(Comparator.comparingLong(entry ->
                            Long.parseLong(entry.getFileName().toString().substring("seed-".length()))))
                    .orElseThrow(() -> new JZooException(
                            JZooException.Code.NOT_FOUND,
                            "There are no runs of several seeds in " + sweep + ".",
                            "Without --seeds a single run is resumed."));
        }
    }

    private RunFolder folder(Recipe chosen) {
        Path parent = jzoo.host().path(out);
        if (name.isEmpty()) {
            return RunFolder.create(parent, chosen.id());
        }
        Path named = parent.resolve(name.get());
        if (Files.exists(named)) {
            throw new IllegalArgumentException(named
                    + " is there already; give the run another --name, or go on with it: --resume " + named + ".");
        }
        return RunFolder.at(named);
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

    private static void print(Request request, Document done, PrintWriter out) {
        out.println(request.recipe().id() + ", " + request.engine().title() + ", " + Words.seconds(done.seconds));
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
