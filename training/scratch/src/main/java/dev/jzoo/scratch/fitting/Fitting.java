package dev.jzoo.scratch.fitting;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.losses.LossFunction;
import dev.jzoo.scratch.optimizers.GradientClipping;
import dev.jzoo.scratch.optimizers.RateSchedule;
import dev.jzoo.scratch.optimizers.UpdateRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Training with mini-batches. Each epoch visits all examples once, in a new random order:
 *
 * <pre>{@code
 * Fitting.of(network, new SoftmaxCrossEntropy(), new AdamRule())
 *         .rate(0.001).batchSize(100).epochs(20).seed(1)
 *         .fit(inputs, targets);
 * }</pre>
 */
public final class Fitting {

    private final NeuralLayer network;
    private final LossFunction loss;
    private final UpdateRule rule;
    private RateSchedule schedule = RateSchedule.constant(0.1);
    private int batchSize = 32;
    private int epochs = 1;
    private long seed;
    private double largestNorm = Double.POSITIVE_INFINITY;
    private Consumer<FittingEpoch> listener = epoch -> {};
    private Predicate<FittingEpoch> stop = epoch -> false;

    private Fitting(NeuralLayer network, LossFunction loss, UpdateRule rule) {
        this.network = network;
        this.loss = loss;
        this.rule = rule;
    }

    /** Creates a training of one epoch with batches of 32, learning rate 0.1 and seed 0. */
    public static Fitting of(NeuralLayer network, LossFunction loss, UpdateRule rule) {
        return new Fitting(network, loss, rule);
    }

    /** Sets a constant learning rate. */
    public Fitting rate(double rate) {
        return rate(RateSchedule.constant(rate));
    }

    /** Sets the learning rate as a function of the progress, which grows with each batch. */
    public Fitting rate(RateSchedule rates) {
        schedule = rates;
        return this;
    }

    /** Sets the number of examples for each update. The last batch of an epoch can be smaller. */
    public Fitting batchSize(int examples) {
        batchSize = positive("batch size", examples);
        return this;
    }

    /** Sets the number of passes over all examples. */
    public Fitting epochs(int passes) {
        epochs = positive("number of epochs", passes);
        return this;
    }

    /** Sets the seed of the order of the examples. */
    public Fitting seed(long number) {
        seed = number;
        return this;
    }

    /** Scales gradients down to a largest norm ({@link GradientClipping}). */
    public Fitting clip(double norm) {
        largestNorm = norm;
        return this;
    }

    /** Sets what is called after each epoch, to print or to measure. */
    public Fitting eachEpoch(Consumer<FittingEpoch> action) {
        listener = action;
        return this;
    }

    /** Sets a condition after which no further epoch begins. */
    public Fitting stopAfter(Predicate<FittingEpoch> condition) {
        stop = condition;
        return this;
    }

    /** Trains the network, and returns each epoch. The first axis of inputs and targets is the example. */
    public List<FittingEpoch> fit(Array inputs, Array targets) {
        int examples = inputs.size(0);
        if (examples == 0 || targets.size(0) != examples) {
            throw new IllegalArgumentException("A network learns from pairs of an input and a target. Found " + examples
                    + " inputs and " + targets.size(0) + " targets.");
        }
        Random random = new Random(seed);
        List<Weight> weights = network.weights();
        List<FittingEpoch> history = new ArrayList<>();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            int[] order = shuffled(examples, random);
            double sum = 0;
            for (int from = 0; from < examples; from += batchSize) {
                int[] batch = Arrays.copyOfRange(order, from, Math.min(examples, from + batchSize));
                double progress = (epoch - 1 + (double) from / examples) / epochs;
                sum += batch.length * learn(inputs.take(batch), targets.take(batch), weights, schedule.at(progress));
            }
            FittingEpoch done = new FittingEpoch(epoch, sum / examples);
            history.add(done);
            listener.accept(done);
            if (stop.test(done)) {
                break;
            }
        }
        return history;
    }

    /** Changes the weights once, and returns the loss before. */
    private double learn(Array inputs, Array targets, List<Weight> weights, double rate) {
        Array outputs = network.forward(inputs, NeuralLayer.Phase.TRAINING);
        network.setGradients(loss.gradient(outputs, targets));
        if (largestNorm < Double.POSITIVE_INFINITY) {
            GradientClipping.clip(weights, largestNorm);
        }
        rule.step(weights, rate);
        return loss.value(outputs, targets);
    }

    /** Returns the share of the examples whose largest output is that of their class. */
    public static double accuracy(NeuralLayer network, Array inputs, int[] classes) {
        int[] answers = network.forward(inputs, NeuralLayer.Phase.INFERENCE).argMax();
        int right = 0;
        for (int i = 0; i < classes.length; i++) {
            right += answers[i] == classes[i] ? 1 : 0;
        }
        return (double) right / classes.length;
    }

    /** Returns the numbers below a limit in random order (Fisher and Yates). */
    private static int[] shuffled(int count, Random random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("The " + name + " must be at least 1, not " + value + ".");
        }
        return value;
    }
}
