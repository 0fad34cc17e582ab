package dev.jzoo.training.fit;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Learns with DL4J. The network's own configuration holds optimiser and objective. */
public final class Dl4jLearner implements Learner {

    private static final int PREDICTION_BATCH = 1000;

    private final MultiLayerNetwork network;
    private final Examples examples;
    private final Objective objective;
    private final int classes;
    private final int batch;

    /**
     * @param network initialised; its output layer has the loss that equals the objective
     * @param examples to learn from, shaped as the network reads them
     * @param objective whether targets are classes or numbers
     * @param classes number of classes; 0 where targets are numbers
     * @param batch examples for each step
     */
    public Dl4jLearner(MultiLayerNetwork network, Examples examples, Objective objective, int classes, int batch) {
        this.network = network;
        this.examples = examples;
        this.objective = objective;
        this.classes = classes;
        this.batch = batch;
    }

    @Override
    public double epoch(int[] order, StepListener listener) {
        double total = 0;
        for (int from = 0; from < order.length; from += batch) {
            int to = Math.min(from + batch, order.length);
            try (INDArray input = input(order, from, to);
                    INDArray target = target(order, from, to)) {
                network.fit(input, target);
            }
            double loss = network.score();
            if (!Double.isFinite(loss)) {
                return Double.NaN;
            }
            total += loss * (to - from);
            listener.done(to);
        }
        return total / order.length;
    }

    private INDArray input(int[] order, int from, int to) {
        int size = examples.inputSize();
        float[] values = new float[(to - from) * size];
        for (int i = from; i < to; i++) {
            System.arraycopy(examples.inputs(), order[i] * size, values, (i - from) * size, size);
        }
        return Nd4j.create(values, examples.batchShape(to - from), 'c');
    }

    /** Classes as rows with a single 1, numbers as they are. */
    private INDArray target(int[] order, int from, int to) {
        int width = objective == Objective.CROSS_ENTROPY ? classes : examples.targetSize();
        float[] values = new float[(to - from) * width];
        for (int i = from; i < to; i++) {
            if (objective == Objective.CROSS_ENTROPY) {
                values[(i - from) * width + (int) examples.targets()[order[i]]] = 1;
            } else {
                System.arraycopy(examples.targets(), order[i] * width, values, (i - from) * width, width);
            }
        }
        return Nd4j.create(values, new long[] {to - from, width}, 'c');
    }

    @Override
    public float[] predict(Examples asked) {
        float[] all = null;
        int outputs = 0;
        for (int from = 0; from < asked.size(); from += PREDICTION_BATCH) {
            int count = Math.min(PREDICTION_BATCH, asked.size() - from);
            float[] values = new float[count * asked.inputSize()];
            System.arraycopy(asked.inputs(), from * asked.inputSize(), values, 0, values.length);
            INDArray output = network.output(Nd4j.create(values, asked.batchShape(count), 'c'), false);
            float[] part = output.dup('c').data().asFloat();
            if (all == null) {
                outputs = part.length / count;
                all = new float[asked.size() * outputs];
            }
            System.arraycopy(part, 0, all, from * outputs, part.length);
        }
        return all;
    }

    @Override
    public Object network() {
        return network;
    }

    @Override
    public String checkpointSuffix() {
        return "zip";
    }

    @Override
    public void save(Path file) throws IOException {
        ModelSerializer.writeModel(network, file.toFile(), true);
    }

    @Override
    public void close() {
        network.close();
    }
}
