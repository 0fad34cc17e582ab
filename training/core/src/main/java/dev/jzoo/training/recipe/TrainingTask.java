package dev.jzoo.training.recipe;

import dev.jzoo.datasets.Provenance;
import dev.jzoo.datasets.preparation.Augmentation;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.training.Engine;
import dev.jzoo.training.History;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Selection;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.examples.Examples;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The particular part of a recipe, with its data at hand. Methods without a default must be written: data, network, plan, export,
 * measurement and description.
 */
public interface TrainingTask {

    /** Names the data that it trains and is measured on. */
    List<Provenance> data();

    /** Describes in words how data become examples for an engine. */
    String preparation(Engine engine);

    /** Returns the network to train. */
    NetworkDesign network();

    /** Returns how it learns. {@link RecipeRunner} then replaces what the settings override. */
    Plan plan(Hyperparameters settings);

    /**
     * Returns the examples to learn from: at most {@link Hyperparameters#limited}, of the shape that the run's engine reads
     * ({@link Engine#inputShape}). The engine was started.
     */
    Examples examples(TrainingRun run) throws IOException;

    /**
     * Begins the export of a network, with the nodes before and after it.
     *
     * @param network as the engine has it; may be changed
     */
    OnnxExporter exporter(Engine engine, Object network);

    /** Describes the model for its card. */
    ModelDescription description();

    /** Measures a file of this recipe. The model stays open until the measurement's page was written. */
    Measurement measure(OnnxModel model) throws IOException;

    /** Returns test vectors to publish with the model, usually three: a value of batch size 1 for each of its inputs, by name. */
    List<Map<String, Tensor>> testVectors();

    /** Describes the objective in words. By default as the plan does. */
    default String objective(Plan plan) {
        return plan.objective().toString();
    }

    /** Describes in words how examples are changed while the network learns. By default they are not. */
    default String augmentation() {
        return "none";
    }

    /** Returns the same task with other changes to its pictures. Empty, the default, where it has no pictures. */
    default Optional<TrainingTask> withAugmentation(Augmentation other) {
        return Optional.empty();
    }

    /** Returns how many threads share the work of one operation if the user sets no number. By default 1, right for small networks. */
    default int threads(Engine engine) {
        return 1;
    }

    /** Selects the epoch whose weights become the model. By default the last one. */
    default Selection selection() {
        return Selection.last();
    }

    /** Returns a function that is called after each epoch and measures the network, by name: "test.accuracy". By default nothing. */
    default Supplier<Map<String, Double>> watch(TrainingRun run, Learner learner) {
        return Map::of;
    }

    /** Returns the listener of the training. By default that of the run; another one passes on to it what it hears. */
    default TrainingListener listener(TrainingRun run, Learner learner) {
        return run.listener();
    }

    /** Returns metrics that only the training knows, by name. By default none. */
    default Map<String, Double> learning(History history) {
        return Map.of();
    }
}
