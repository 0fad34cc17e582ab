package dev.jzoo.cli;

import dev.jzoo.cli.console.ExitGate;
import dev.jzoo.cli.console.ResumeHint;
import dev.jzoo.cli.console.TrainingProgress;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.cli.options.DeviceOption;
import dev.jzoo.cli.options.LearningOptions;
import dev.jzoo.cli.options.Recorded;
import dev.jzoo.cli.options.RecordedCommand;
import dev.jzoo.cli.options.RunsOption;
import dev.jzoo.cli.options.SeedOption;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.PlannedRun;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.Recipes;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.SeedSweep;
import dev.jzoo.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jzoo train}. */
@Command(
        name = "train",
        description = {
            "Train a model with a recipe and export it to ONNX.",
            "Compares the file with the network, measures it and writes a report. Omitted options keep the"
                    + " published model's values."
        },
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

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RECIPE",
            arity = "0..1",
            completionCandidates = RecipeNames.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private Optional<String> recipe = Optional.empty();

    @Recorded(Recorded.When.NEVER)
    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Instead of RECIPE: continue an interrupted run, with the settings it started with.")
    private Optional<Path> resume = Optional.empty();

    @Recorded(Recorded.When.ALWAYS)
    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "djl",
            description = "Training engine: djl, dl4j or scratch (default: ${DEFAULT-VALUE}).")
    private Engine engine;

    @Mixin
    private LearningOptions learning = new LearningOptions();

    @Mixin
    private SeedOption seed = new SeedOption();

    @Option(names = "--limit", paramLabel = "N", description = "Train on the first N examples only.")
    private Optional<Integer> limit = Optional.empty();

    @Mixin
    private TrainingOverrides overrides = new TrainingOverrides();

    @Recorded(Recorded.When.NEVER)
    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Number of threads for one operation (default: the recipe's).")
    private Optional<Integer> threads = Optional.empty();

    @Mixin
    private DeviceOption device = new DeviceOption();

    @Recorded(Recorded.When.NEVER)
    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Train N models with N seeds, starting at --seed, and keep the median model.")
    private Optional<Integer> seeds = Optional.empty();

    @Mixin
    private RunsOption runs = new RunsOption();

    @Recorded(Recorded.When.NEVER)
    @Option(names = "--name", paramLabel = "NAME", description = "Name of the run's folder (default: recipe and time).")
    private Optional<String> name = Optional.empty();

    TrainCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    /** The names of recipes, for completion and help. They are read when needed. */
    static final class RecipeNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Recipes.all().stream().map(Recipe::id).iterator();
        }
    }

    @Override
    public Integer call() throws IOException {
        if (recipe.isPresent() == resume.isPresent()) {
            throw new UsageException("Expected either a RECIPE to train, or --resume with the folder of a run.");
        }
        if (seeds.filter(count -> count < 1).isPresent()) {
            throw new UsageException("--seeds is at least 1, not " + seeds.get() + ".");
        }
        Compute compute = UsageException.unlessRefused(() -> new Compute(device.device(), threads.orElse(0)));
        PlannedRun planned = recipe.isPresent()
                ? UsageException.unlessRefused(() -> begun(Recipes.get(recipe.get())))
                : resumed(resume.get());
        String resumption = "jzoo train --resume " + planned.folder().path();
        if (seeds.isPresent()) {
            SeedSweep sweep;
            try (ExitGate gate = ExitGate.open();
                    TrainingProgress progress = TrainingProgress.of(jzoo.output(), gate)) {
                sweep = ResumeHint.during(
                        progress,
                        planned.folder().path(),
                        resumption + " --seeds " + seeds.get(),
                        () -> SeedSweep.run(
                                planned.recipe(), planned.with(jzoo.store(), compute, progress), seeds.get()));
            }
            TrainDocument document = TrainDocument.of(sweep);
            jzoo.output().print(document, text -> {
                TrainDocument.print(sweep, text);
                document.print(planned, text);
            });
        } else {
            TrainingResult result;
            try (ExitGate gate = ExitGate.open();
                    TrainingProgress progress = TrainingProgress.of(jzoo.output(), gate)) {
                result = ResumeHint.during(progress, planned.folder().path(), resumption, () -> planned.recipe()
                        .train(planned.with(jzoo.store(), compute, progress)));
            }
            TrainDocument document = TrainDocument.of(result);
            jzoo.output().print(document, text -> document.print(planned, text));
        }
        return 0;
    }

    private PlannedRun begun(Recipe chosen) {
        Hyperparameters defaults = chosen.defaults();
        Hyperparameters settings = learning.over(defaults)
                .withSeed(seed.seed().orElse(defaults.seed()))
                .withLimit(limit.orElse(defaults.limit()))
                .withOverrides(overrides.given());
        return new PlannedRun(chosen, engine, settings, folder(chosen));
    }

    private PlannedRun resumed(Path run) throws IOException {
        if (name.isPresent() || RecordedCommand.decides(spec.commandLine().getParseResult())) {
            throw new UsageException("A run is resumed with the settings it started with; only --seeds, --threads and"
                    + " --device can be added to --resume.");
        }
        return seeds.isPresent() ? PlannedRun.resumedSweep(run) : PlannedRun.resumed(run);
    }

    private RunFolder folder(Recipe chosen) {
        Path parent = jzoo.host().path(runs.typed());
        if (name.isEmpty()) {
            return RunFolder.create(parent, chosen.id());
        }
        Path named = runs.named(parent, name.get());
        if (Files.exists(named)) {
            throw new UsageException(named
                    + " already exists; choose another --name, or continue that run with --resume " + named + ".");
        }
        return RunFolder.at(named);
    }
}
