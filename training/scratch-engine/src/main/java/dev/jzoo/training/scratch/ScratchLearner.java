package dev.jzoo.training.scratch;

import dev.jzoo.datasets.Shuffler;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer.Phase;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.losses.LossFunction;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Plan;
import dev.jzoo.training.examples.BatchedPrediction;
import dev.jzoo.training.examples.Examples;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A learner in plain Java: forward pass, loss, backward pass, update. Holds no native memory. */
final class ScratchLearner implements Learner {

    private static final int PREDICTION_BATCH = 500;

    private final BuiltNetwork built;
    private final Examples examples;
    private final Plan plan;
    private final ScratchUpdate update;

    ScratchLearner(BuiltNetwork built, Examples examples, Plan plan) {
        this.built = built;
        this.examples = examples;
        this.plan = plan;
        update = new ScratchUpdate(plan, built.trainable());
    }

    @Override
    public Examples examples() {
        return examples;
    }

    @Override
    public double epoch(int epoch, int[] order, StepListener listener) {
        NeuralNetwork network =
                built.withDropout(Shuffler.streamSeed(plan.hyperparameters().seed(), epoch));
        DoubleBatches batches = new DoubleBatches(examples, plan);
        LossFunction loss = batches.loss();
        double total = 0;
        for (int from = 0; from < order.length; from += plan.batch()) {
            int to = Math.min(from + plan.batch(), order.length);
            Array outputs = network.forward(batches.read(order, from, to, epoch), Phase.TRAINING);
            Array targets = batches.targets(to - from, outputs.size(1));
            double batchLoss = loss.value(outputs, targets);
            network.backward(loss.gradient(outputs, targets));
            double rate = plan.learningRate(update.steps(), examples.size());
            if (!Double.isFinite(batchLoss) || !update.step(rate)) {
                return Double.NaN;
            }
            total += batchLoss * (to - from);
            listener.done(to);
        }
        return total / order.length;
    }

    @Override
    public float[] predict(Examples asked) {
        return BatchedPrediction.of(asked, PREDICTION_BATCH, (values, count) -> {
            Array inputs = Array.of(LayerBuilder.doubles(values), DoubleBatches.shape(count, asked.inputShape()));
            double[] outputs = built.network().forward(inputs, Phase.INFERENCE).values();
            float[] single = new float[outputs.length];
            for (int i = 0; i < single.length; i++) {
                single[i] = (float) outputs[i];
            }
            return single;
        });
    }

    @Override
    public Object network() {
        return built.network();
    }

    @Override
    public String suffix() {
        return "doubles";
    }

    @Override
    public void saveWeights(OutputStream out) throws IOException {
        WeightFile.write(out, built.network());
    }

    @Override
    public void loadWeights(InputStream in) throws IOException {
        WeightFile.read(in, built.network(), "weights." + suffix());
    }

    @Override
    public void saveOptimizer(OutputStream out) throws IOException {
        update.write(out);
    }

    @Override
    public void loadOptimizer(InputStream in) throws IOException {
        update.read(in);
    }

    @Override
    public void close() {
        // Nothing to free.
    }
}
