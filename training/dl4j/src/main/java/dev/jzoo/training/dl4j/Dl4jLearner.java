package dev.jzoo.training.dl4j;

import dev.jzoo.datasets.Shuffler;
import dev.jzoo.export.dl4j.Dl4jZip;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Schedule;
import dev.jzoo.training.examples.Batch;
import dev.jzoo.training.examples.BatchReader;
import dev.jzoo.training.examples.BatchedPrediction;
import dev.jzoo.training.examples.Examples;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/** A learner in DL4J. The network's own configuration contains optimiser and objective: see {@link #configuration}. */
public final class Dl4jLearner implements Learner {

    private static final int PREDICTION_BATCH = 500;

    private final Examples examples;
    private final Plan plan;
    private final int classes;
    private Model network;

    /**
     * Creates a learner.
     *
     * @param network an initialised MultiLayerNetwork, or a ComputationGraph with one input and one output, made from
     *     {@link #configuration}; its output layer has the loss of the objective
     * @param examples training examples with the network's input shape
     * @param classes number of classes; 0 if targets are numbers
     * @throws IllegalArgumentException if examples continue each other: DL4J's truncated backpropagation uses the
     *     carried state in the forward pass, but recomputes activations from a state of 0 in the backward pass
     */
    public Dl4jLearner(Model network, Examples examples, Plan plan, int classes) {
        if (examples.order() == Examples.Order.CONTINUING) {
            throw new IllegalArgumentException(
                    "DL4J cannot train on examples that continue each other: its gradients are wrong if a state is carried."
                            + " Use examples that can be shuffled.");
        }
        this.network = network;
        this.examples = examples;
        this.plan = plan;
        this.classes = classes;
    }

    /**
     * Starts a network's configuration with seed, optimiser, schedule, weight decay and clipping of a plan. Two
     * settings differ from DJL, because DL4J has no others: momentum is Nesterov's, and gradients are clipped by layer.
     *
     * @param examples number of examples in an epoch
     */
    public static NeuralNetConfiguration.Builder configuration(Plan plan, int examples) {
        ISchedule rate = plan.schedule() instanceof Schedule.ConstantRate
                ? new FixedSchedule(plan.hyperparameters().learningRate())
                : Dl4jSchedule.of(plan, examples);
        NeuralNetConfiguration.Builder builder = new NeuralNetConfiguration.Builder()
                .seed(plan.hyperparameters().seed())
                .updater(updater(plan.optimizer(), rate));
        double decay = plan.optimizer().weightDecay();
        if (decay > 0 && plan.optimizer() instanceof Optimizer.Adam) {
            builder.weightDecay(decay, true);
        } else if (decay > 0) {
            builder.l2(decay);
        }
        if (!Double.isInfinite(plan.maxGradientNorm())) {
            builder.gradientNormalization(GradientNormalization.ClipL2PerLayer)
                    .gradientNormalizationThreshold(plan.maxGradientNorm());
        }
        return builder;
    }

    private static IUpdater updater(Optimizer optimizer, ISchedule rate) {
        if (optimizer instanceof Optimizer.Adam adam) {
            return Adam.builder()
                    .learningRateSchedule(rate)
                    .beta1(adam.beta1())
                    .beta2(adam.beta2())
                    .epsilon(adam.epsilon())
                    .build();
        }
        if (optimizer instanceof Optimizer.Nesterov nesterov) {
            return new Nesterovs(rate, nesterov.momentum());
        }
        double momentum = ((Optimizer.Sgd) optimizer).momentum();
        return momentum == 0 ? new Sgd(rate) : new Nesterovs(rate, momentum);
    }

    @Override
    public Examples examples() {
        return examples;
    }

    @Override
    public double epoch(int epoch, int[] order, StepListener listener) {
        Nd4j.getRandom().setSeed(Shuffler.streamSeed(plan.hyperparameters().seed(), epoch));
        double total = 0;
        int done = 0;
        try (BatchReader batches = new BatchReader(examples, order, plan.batch(), epoch)) {
            while (batches.hasNext()) {
                Batch batch = batches.next();
                double penalty = penalty();
                try (INDArray input = input(examples, batch.inputs(), batch.size());
                        INDArray target = target(batch)) {
                    ((NeuralNetwork) network).fit(new DataSet(input, target));
                }
                double loss = network.score() - penalty;
                if (!Double.isFinite(loss)) {
                    return Double.NaN;
                }
                total += loss * batch.size();
                done += batch.size();
                listener.done(done);
            }
        }
        return total / order.length;
    }

    /**
     * Returns the penalty that DL4J adds to the objective for weight decay, before the step. Reported losses do not
     * include it, as with other engines.
     */
    private double penalty() {
        if (plan.optimizer().weightDecay() == 0) {
            return 0;
        }
        return network instanceof MultiLayerNetwork layers
                ? layers.calcRegularizationScore(true)
                : ((ComputationGraph) network).calcRegularizationScore(true);
    }

    private static INDArray input(Examples examples, float[] values, int count) {
        return Nd4j.create(values, shape(count, examples.inputShape()), 'c');
    }

    private static long[] shape(long count, long... shape) {
        return LongStream.concat(LongStream.of(count), LongStream.of(shape)).toArray();
    }

    /**
     * Returns the targets: numbers unchanged; classes as probabilities [batch, classes], or at each step [batch,
     * classes, steps].
     */
    private INDArray target(Batch batch) {
        if (!(plan.objective() instanceof Objective.CrossEntropy entropy)) {
            return Nd4j.create(batch.targets(), shape(batch.size(), examples.targetShape()), 'c');
        }
        int steps = examples.targetSize();
        float rest = (float) (entropy.smoothing() / classes);
        float[] values = new float[batch.size() * classes * steps];
        Arrays.fill(values, rest);
        for (int i = 0; i < batch.size(); i++) {
            for (int step = 0; step < steps; step++) {
                int label = (int) batch.targets()[i * steps + step];
                values[(i * classes + label) * steps + step] += (float) (1 - entropy.smoothing());
            }
        }
        return examples.targetShape().length == 0
                ? Nd4j.create(values, shape(batch.size(), classes), 'c')
                : Nd4j.create(values, shape(batch.size(), classes, steps), 'c');
    }

    @Override
    public float[] predict(Examples asked) {
        return BatchedPrediction.of(asked, PREDICTION_BATCH, (values, count) -> {
            INDArray output = output(input(asked, values, count));
            // Sequences are [batch, features, steps] here.
            INDArray rows = output.rank() == 3 ? output.permute(0, 2, 1) : output;
            return rows.dup('c').data().asFloat();
        });
    }

    private INDArray output(INDArray input) {
        return network instanceof MultiLayerNetwork layers
                ? layers.output(input, false)
                : ((ComputationGraph) network).outputSingle(false, input);
    }

    @Override
    public Object network() {
        return network;
    }

    @Override
    public String suffix() {
        return "zip";
    }

    @Override
    public void saveWeights(OutputStream out) throws IOException {
        ModelSerializer.writeModel(network, out, true);
    }

    @Override
    public void loadWeights(InputStream in) throws IOException {
        Model read = Dl4jZip.readWithUpdater(in, "the weights of a checkpoint");
        network.close();
        network = read;
    }

    /**
     * Writes nothing: DL4J stores the optimiser's state with the weights, and the number of steps with the
     * configuration.
     */
    @Override
    public void saveOptimizer(OutputStream out) {}

    @Override
    public void loadOptimizer(InputStream in) {}

    @Override
    public void close() {
        network.close();
    }
}
