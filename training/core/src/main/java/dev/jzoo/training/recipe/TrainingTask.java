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
 * The recipe-specific part of a training, with its data. You must implement the methods without a default: data,
 * network, plan, export, measurement and description.
 */
public interface TrainingTask {

    /** Returns the sources of the data to train and measure on. */
    List<Provenance> data();

    /** Describes in words how data become examples for an engine. */
    String preparation(Engine engine);

    /** Returns the network to train. */
    NetworkDesign network();

    /** Returns the training plan. {@link RecipeRunner} then applies the overrides in the settings. */
    Plan plan(Hyperparameters settings);

    /**
     * Returns the training examples: at most {@link Hyperparameters#limited}, with the shape that the run's engine
     * reads ({@link Engine#inputShape}). The engine has been started.
     */
    Examples examples(TrainingRun run) throws IOException;

    /**
     * Returns the exporter of a network, with the nodes before and after it.
     *
     * @param network the engine's network; may be changed
     */
    OnnxExporter exporter(Engine engine, Object network);

    /** Describes the model for its card. */
    ModelDescription description();

    /** Measures a file of this recipe. The model stays open until the measurement's page has been written. */
    Measurement measure(OnnxModel model) throws IOException;

    /**
     * Returns test vectors to publish with the model, usually three: a value of batch size 1 for each of its inputs, by
     * name.
     */
    List<Map<String, Tensor>> testVectors();

    /** Describes the objective in words. The default is the plan's description. */
    default String objective(Plan plan) {
        return plan.objective().toString();
    }

    /** Describes in words how training examples are changed. By default they are unchanged. */
    default String augmentation() {
        return "none";
    }

    /** Returns the same task with other changes to its pictures; empty, the default, if it has no pictures. */
    default Optional<TrainingTask> withAugmentation(Augmentation other) {
        return Optional.empty();
    }

    /**
     * Returns the number of threads per operation if the user sets none. The default is 1, which suits small networks.
     */
    default int threads(Engine engine) {
        return 1;
    }

    /** Returns the epoch whose weights become the model. The default is the last one. */
    default Selection selection() {
        return Selection.last();
    }

    /**
     * Returns a function that measures the network after each epoch, by name: "test.accuracy". The default measures
     * nothing.
     */
    default Supplier<Map<String, Double>> watch(TrainingRun run, Learner learner) {
        return Map::of;
    }

    /**
     * Returns the listener of the training. The default is the run's listener; another one must forward calls to it.
     */
    default TrainingListener listener(TrainingRun run, Learner learner) {
        return run.listener();
    }

    /** Returns metrics that only the training knows, by name. The default is none. */
    default Map<String, Double> learning(History history) {
        return Map.of();
    }
}
