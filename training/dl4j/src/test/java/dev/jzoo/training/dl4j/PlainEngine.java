package dev.jzoo.training.dl4j;

import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Plan;
import dev.jzoo.training.SavedNetwork;
import dev.jzoo.training.examples.Batch;
import dev.jzoo.training.examples.BatchReader;
import dev.jzoo.training.examples.BatchedPrediction;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.InitialWeights;
import dev.jzoo.training.network.Layer;
import dev.jzoo.training.network.Network;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An engine as somebody else may bring it, in plain loops: one dense layer, squared errors, gradient descent. */
public record PlainEngine() implements Engine {

    @Override
    public String id() {
        return "plain";
    }

    @Override
    public String title() {
        return "Plain Java";
    }

    @Override
    public String version() {
        return "Plain Java 1";
    }

    @Override
    public void start(Compute compute, int recommendedThreads) {}

    @Override
    public List<Layer> missing(Network network) {
        return network.layers().stream()
                .filter(layer -> !(layer instanceof Layer.Dense))
                .toList();
    }

    @Override
    public SequenceLayout sequenceLayout() {
        return SequenceLayout.CHANNELS_FIRST;
    }

    @Override
    public ClassOutput classOutput() {
        return ClassOutput.LOGITS;
    }

    @Override
    public Learner build(Network network, InitialWeights weights, Examples examples, Plan plan, Compute compute) {
        int inputs = (int) network.input()[0];
        int outputs = (int) network.output()[0];
        float[] weight = weights.draw(outputs * inputs, inputs, outputs, List.of());
        return new PlainLearner(new OneLayer(weight, new float[outputs]), examples, plan);
    }

    @Override
    public SavedNetwork load(Network network, Path file) throws IOException {
        int outputs = (int) network.output()[0];
        OneLayer layer = new OneLayer(new float[outputs * (int) network.input()[0]], new float[outputs]);
        try (InputStream in = Files.newInputStream(file)) {
            layer.read(in);
        }
        return new SavedNetwork(layer, () -> {});
    }

    @Override
    public void roundToHalf(Object network) {
        throw new UnsupportedOperationException("Not needed here.");
    }

    /** Its network: weight [outputs, inputs], bias [outputs]. */
    record OneLayer(float[] weight, float[] bias) {

        float[] outputs(float[] inputs, int count) {
            int wide = weight.length / bias.length;
            float[] result = new float[count * bias.length];
            for (int row = 0; row < count; row++) {
                for (int o = 0; o < bias.length; o++) {
                    double sum = bias[o];
                    for (int i = 0; i < wide; i++) {
                        sum += weight[o * wide + i] * inputs[row * wide + i];
                    }
                    result[row * bias.length + o] = (float) sum;
                }
            }
            return result;
        }

        void read(InputStream in) throws IOException {
            DataInputStream data = new DataInputStream(in);
            for (float[] values : List.of(weight, bias)) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = data.readFloat();
                }
            }
        }
    }

    private record PlainLearner(OneLayer network, Examples examples, Plan plan) implements Learner {

        @Override
        public double epoch(int epoch, int[] order, StepListener listener) {
            double total = 0;
            int done = 0;
            float rate = (float) plan.hyperparameters().learningRate();
            try (BatchReader batches = new BatchReader(examples, order, plan.batch(), epoch)) {
                while (batches.hasNext()) {
                    Batch batch = batches.next();
                    total += batch.size() * step(batch, rate);
                    done += batch.size();
                    listener.done(done);
                }
            }
            return total / order.length;
        }

        /** A step of gradient descent. Returns the mean of the squared errors before it. */
        private double step(Batch batch, float rate) {
            float[] outputs = network.outputs(batch.inputs(), batch.size());
            int values = outputs.length;
            int count = network.bias.length;
            int wide = network.weight.length / count;
            double loss = 0;
            for (int at = 0; at < values; at++) {
                float error = outputs[at] - batch.targets()[at];
                loss += error * error / values;
                float scaled = rate * 2 * error / values;
                network.bias[at % count] -= scaled;
                for (int i = 0; i < wide; i++) {
                    network.weight[at % count * wide + i] -= scaled * batch.inputs()[at / count * wide + i];
                }
            }
            return loss;
        }

        @Override
        public float[] predict(Examples asked) {
            return BatchedPrediction.of(asked, 7, network::outputs);
        }

        @Override
        public String suffix() {
            return "plain";
        }

        @Override
        public void saveWeights(OutputStream out) throws IOException {
            DataOutputStream data = new DataOutputStream(out);
            for (float[] values : List.of(network.weight, network.bias)) {
                for (float value : values) {
                    data.writeFloat(value);
                }
            }
            data.flush();
        }

        @Override
        public void loadWeights(InputStream in) throws IOException {
            network.read(in);
        }

        @Override
        public void saveOptimizer(OutputStream out) {}

        @Override
        public void loadOptimizer(InputStream in) {}

        @Override
        public void close() {}
    }
}
