package dev.jzoo.training;

import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.InitialWeights;
import dev.jzoo.training.network.Initialisation;
import dev.jzoo.training.network.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/**
 * A trainer of networks on arrays, without a store, a recipe or a folder.
 *
 * <pre>{@code
 * float[][] inputs = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
 * int[] classes = {0, 1, 1, 0};
 * Network network = Network.of(2).dense(8).tanh().dense(2);
 * try (FittedNetwork xor = Trainer.on(inputs, classes).network(network).epochs(300).learningRate(0.05).train()) {
 *     float[] probabilities = xor.predict(new float[] {0, 1});
 *     xor.exporter().write(Path.of("xor.onnx"));
 * }
 * }</pre>
 *
 * <p>Defaults: Adam, a constant learning rate of 0.001, 10 epochs, batches of 32, seed 1, the first engine on the class
 * path, the processor. The same settings give the same weights. Each method changes the trainer and returns it.
 */
public final class Trainer {

    private final float[][] inputs;
    private final TargetRows targets;
    private Network network;
    private Plan plan;
    private Initialisation initialisation = Initialisation.STANDARD;
    private String engine = "";
    private Compute compute = Compute.standard();
    private TrainingListener listener = TrainingListener.NONE;

    /** A function that joins inputs with their targets. */
    private interface TargetRows {
        Examples with(float[] inputs, long[] inputShape);
    }

    private Trainer(float[][] inputs, int count, TargetRows targets, Objective objective) {
        if (inputs.length == 0 || inputs.length != count) {
            throw new IllegalArgumentException(
                    "Each input needs a target; found " + inputs.length + " inputs and " + count + " targets.");
        }
        this.inputs = inputs;
        this.targets = targets;
        plan = Plan.of(objective, Optimizer.adam(), new Hyperparameters(10, 32, 1e-3, 1));
    }

    /**
     * Trains a classifier, by cross-entropy.
     *
     * @param inputs one example per row, with all values in the order of the network's input; do not change it during
     *     training
     * @param classes class of each example, from 0
     */
    public static Trainer on(float[][] inputs, int[] classes) {
        return new Trainer(
                inputs,
                classes.length,
                (rows, shape) -> Examples.classes(rows, classes, shape),
                Objective.crossEntropy());
    }

    /**
     * Trains a regression, by mean squared error.
     *
     * @param inputs one example per row, with all values in the order of the network's input; do not change it during
     *     training
     * @param targets numbers of each example
     */
    public static Trainer on(float[][] inputs, float[][] targets) {
        return new Trainer(
                inputs,
                targets.length,
                (rows, shape) -> Examples.numbers(rows, joined(targets, targets[0].length), targets[0].length, shape),
                Objective.meanSquaredError());
    }

    /** Sets the network. */
    public Trainer network(Network description) {
        network = Objects.requireNonNull(description, "description");
        return this;
    }

    /** Sets the complete plan: objective, optimiser, schedule, epochs, batch, learning rate, seed. */
    public Trainer plan(Plan other) {
        plan = Objects.requireNonNull(other, "other");
        return this;
    }

    /** Sets the number of passes over the examples. */
    public Trainer epochs(int epochs) {
        return with(plan.hyperparameters().withEpochs(epochs));
    }

    /** Sets the number of examples per step of the optimiser. */
    public Trainer batch(int examples) {
        return with(plan.hyperparameters().withBatch(examples));
    }

    /** Sets the learning rate. */
    public Trainer learningRate(double rate) {
        return with(plan.hyperparameters().withLearningRate(rate));
    }

    /** Sets the seed of the initial weights, of the order of the examples and of dropout. */
    public Trainer seed(long seed) {
        return with(plan.hyperparameters().withSeed(seed));
    }

    private Trainer with(Hyperparameters settings) {
        plan = new Plan(plan.objective(), plan.optimizer(), plan.schedule(), plan.maxGradientNorm(), settings);
        return this;
    }

    /** Sets the initialisation of the weights. */
    public Trainer initialisation(Initialisation other) {
        initialisation = Objects.requireNonNull(other, "other");
        return this;
    }

    /** Sets the engine, by its {@link Engine#id}. */
    public Trainer engine(String id) {
        engine = Objects.requireNonNull(id, "id");
        return this;
    }

    /** Sets the hardware. */
    public Trainer compute(Compute other) {
        compute = Objects.requireNonNull(other, "other");
        return this;
    }

    /** Sets the listener. */
    public Trainer listener(TrainingListener other) {
        listener = Objects.requireNonNull(other, "other");
        return this;
    }

    /**
     * Trains. The caller closes the result.
     *
     * @throws IllegalArgumentException if there is no network, if an example does not fit it, or if the engine lacks
     *     one of its layers
     * @throws dev.jzoo.zoo.error.JZooException FAILED if training diverges, DEVICE if the engine cannot use the device
     */
    public FittedNetwork train() {
        if (network == null) {
            throw new IllegalArgumentException("There is no network to train. Call network(...) first.");
        }
        ArrayInputs form = new ArrayInputs(network, chosenEngine());
        form.engine().requireSupport(network);
        form.engine().start(compute, 1);
        InitialWeights weights = new InitialWeights(plan.hyperparameters().seed(), initialisation);
        Learner learner =
                form.engine().learner(network, weights, targets.with(form.values(inputs), form.shape()), plan, compute);
        try {
            History history = TrainingLoop.run(learner, plan, listener, Selection.last(), Map::of);
            return new FittedNetwork(form, learner, plan.objective(), history);
        } catch (IOException e) {
            learner.close();
            throw new UncheckedIOException("The weights could not be kept in memory.", e);
        } catch (RuntimeException e) {
            learner.close();
            throw e;
        }
    }

    private Engine chosenEngine() {
        if (!engine.isEmpty()) {
            return Engine.of(engine);
        }
        return Engine.all().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no engine on the class path. Add one, for example dev.jzoo:jzoo-training-djl."));
    }

    /** Joins rows one after another. */
    static float[] joined(float[][] rows, int width) {
        float[] values = new float[Math.multiplyExact(rows.length, width)];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != width) {
                throw new IllegalArgumentException(
                        "Each row must have " + width + " values, but row " + i + " has " + rows[i].length + ".");
            }
            System.arraycopy(rows[i], 0, values, i * width, width);
        }
        return values;
    }
}
