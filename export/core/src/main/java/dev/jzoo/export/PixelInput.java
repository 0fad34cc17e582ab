package dev.jzoo.export;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;

/**
 * Pre-processing that converts pixels from a picture decoder, {@code image} uint8 [batch, height, width, channels], 0
 * to 255, to the values that a network was trained on: {@code (pixel / 255 - mean) / deviation} for each channel.
 *
 * @param height in pixels
 * @param width in pixels
 * @param channels 1 for grey, 3 for red, green and blue
 * @param mean of each channel in 0 to 1; empty to leave values in 0 to 1
 * @param deviation of each channel in 0 to 1; empty to leave values in 0 to 1
 * @param layout of the network's input
 */
public record PixelInput(
        int height, int width, int channels, List<Float> mean, List<Float> deviation, PixelLayout layout)
        implements Preprocessing {

    /** Order of the axes that a network reads. */
    public enum PixelLayout {
        /** [batch, height * width * channels] */
        FLAT,
        /** [batch, channels, height, width] */
        CHANNELS_FIRST,
        /** [batch, height, width, channels] */
        CHANNELS_LAST
    }

    public PixelInput {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.size() != deviation.size() || (!mean.isEmpty() && mean.size() != channels)) {
            throw new IllegalArgumentException(
                    "Expected " + channels + " means and deviations, one for each channel, or none; found "
                            + mean.size() + " means and " + deviation.size() + " deviations.");
        }
    }

    /** Returns pre-processing to values in 0 to 1, without further normalisation. */
    public static PixelInput unit(int height, int width, int channels, PixelLayout layout) {
        return new PixelInput(height, width, channels, List.of(), List.of(), layout);
    }

    @Override
    public ValueInfo input() {
        return new ValueInfo("image", DataType.UINT8, Dimension.batchOf(height, width, channels));
    }

    @Override
    public String emit(GraphBuilder graph, String input) {
        graph.scope("preprocess");
        String real =
                graph.op("Cast", input).integer("to", DataType.FLOAT.code()).emit();
        String value = graph.op("Div", real, graph.constant(255f)).emit();
        if (!mean.isEmpty()) {
            String centred =
                    graph.op("Sub", value, graph.constant(perChannel(mean))).emit();
            value = graph.op("Div", centred, graph.constant(perChannel(deviation)))
                    .emit();
        }
        return switch (layout) {
            case FLAT -> graph.op("Flatten", value).integer("axis", 1).emit();
            case CHANNELS_FIRST ->
                graph.op("Transpose", value).ints("perm", 0, 3, 1, 2).emit();
            case CHANNELS_LAST -> value;
        };
    }

    private TensorData perChannel(List<Float> values) {
        float[] array = new float[channels];
        for (int i = 0; i < channels; i++) {
            array[i] = values.get(i);
        }
        return TensorData.of(array, channels);
    }
}
