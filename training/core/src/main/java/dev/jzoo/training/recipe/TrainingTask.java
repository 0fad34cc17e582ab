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
 * What is particular about a recipe, its data at hand. The methods without a default have to be there: the data, the network, how it
 * learns, how it is exported and measured, and what its card says.
 */
public interface TrainingTask {

    /** The data that it trains and is measured on. */
    List<Provenance> data();

    /** How data become examples for an engine, in words. */
    String preparation(Engine engine);

    /** The network. */
    NetworkDesign network();

    /** How it learns. What the settings override is replaced by {@link RecipeRunner}. */
    Plan plan(Hyperparameters settings);

    /**
     * Examples to learn from, no more than {@link Hyperparameters#limited}, of the shape that the run's engine reads. {@link
     * Engine#inputShape}. The engine was started.
     */
    Examples examples(TrainingRun run) throws IOException;

    /**
     * The network of an engine, about to be exported, with what stands before and behind it.
     *
     * @param network as the engine has it; may be changed
     */
    OnnxExporter exporter(Engine engine, Object network);

    /** What the model's card says. */
    ModelDescription description();

    /** Measures a file of this recipe. The model stays open until the measurement's page was written. */
    Measurement measure(OnnxModel model) throws IOException;

    /** Values to publish with the model, one of batch size 1 for each of its inputs, by name. Three are usual. */
    List<Map<String, Tensor>> testVectors();

    /** What training makes small, in words. By default the plan's objective. */
    default String objective(Plan plan) {
        return plan.objective().toString();
    }

    /** What is done to examples while the network learns, in words. By default nothing. */
    default String augmentation() {
        return "none";
    }

    /** The same with other changes to its pictures. By default empty: there are no pictures. */
    default Optional<TrainingTask> withAugmentation(Augmentation other) {
        return Optional.empty();
    }

    /** Number of threads that share the work of one operation, where the user names none. By default 1, right for small networks. */
    default int threads(Engine engine) {
        return 1;
    }

    /** Which epoch's weights become the model. By default the last one's. */
    default Selection selection() {
        return Selection.last();
    }

    /** What is measured after each epoch, by name: "test.accuracy". By default nothing. */
    default Supplier<Map<String, Double>> watch(TrainingRun run, Learner learner) {
        return Map::of;
    }

    /** Who hears how the training goes. By default the run's own listener, to which another one has to pass on what it hears. */
    default TrainingListener listener(TrainingRun run, Learner learner) {
        return run.listener();
    }

    /** Metrics of the model that only its training knows, by name. By default none. */
    default Map<String, Double> learning(History history) {
        return Map.of();
    }
}
