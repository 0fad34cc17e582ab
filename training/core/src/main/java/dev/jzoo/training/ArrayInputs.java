package dev.jzoo.training;

import dev.jzoo.export.Preprocessing;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.training.network.Network;
import dev.jzoo.zoo.card.Dimension;
import java.util.Arrays;

/**
 * The way rows of numbers, in the order of a network's description, are passed to an engine's network and to its file.
 */
record ArrayInputs(Network network, Engine engine) implements Preprocessing {

    /** Returns the shape of one example as the engine reads it. */
    long[] shape() {
        return engine.inputShape(network);
    }

    /**
     * Returns whether the engine reads sequences as [length, channels], although the network describes them as
     * [channels, length].
     */
    boolean isTimeFirst() {
        return engine.sequenceLayout() == Engine.SequenceLayout.TIME_FIRST && network.beginsRecurrent();
    }

    /** Joins rows to the values of examples as the engine reads them: [examples, shape...]. */
    float[] values(float[][] rows) {
        long[] described = network.input();
        int width = (int) Arrays.stream(described).reduce(1, Math::multiplyExact);
        float[] values = Trainer.joined(rows, width);
        return isTimeFirst() ? timeFirst(values, (int) described[0], (int) described[1]) : values;
    }

    private static float[] timeFirst(float[] values, int channels, int length) {
        float[] swapped = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            int example = i / (channels * length);
            int channel = i / length % channels;
            int step = i % length;
            swapped[(example * length + step) * channels + channel] = values[i];
        }
        return swapped;
    }

    @Override
    public ValueInfo input() {
        return new ValueInfo("input", DataType.FLOAT, Dimension.batchOf(network.input()));
    }

    @Override
    public String emit(GraphBuilder graph, String input) {
        return graph.scope("preprocess")
                .op("Transpose", input)
                .ints("perm", 0, 2, 1)
                .emit();
    }
}
