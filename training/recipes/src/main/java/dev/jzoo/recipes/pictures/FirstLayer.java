package dev.jzoo.recipes.pictures;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.report.TileGrid;
import dev.jzoo.report.Tone;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The weights of the first layer of an exported image network, as pictures: the filters of a convolution, or the weight
 * of each pixel in a dense layer.
 *
 * @param kind kind of the layer
 * @param filters weights of each output, [height, width, channels]
 * @param height height of a filter in pixels
 * @param width width of a filter in pixels
 * @param channels 1 for grey pictures, 3 for colour
 */
record FirstLayer(FirstLayerKind kind, List<float[]> filters, int height, int width, int channels) {

    /** Kind of the first layer. */
    enum FirstLayerKind {
        CONVOLUTION(64),
        DENSE(32),
        /** A dense layer followed only by a softmax, so that an output is a class. */
        SOFTMAX_REGRESSION(32);

        /** Number of filters to show: more of them if they are small. */
        private final int shown;

        FirstLayerKind(int shown) {
            this.shown = shown;
        }
    }

    /**
     * Returns the first layer; empty if its weights cannot be shown as pictures, because they have 1 x 1 pixels or a
     * number of channels other than 1 or 3.
     */
    static Optional<FirstLayer> of(Graph graph, LabelledImages images) {
        List<Node> layers = graph.nodes().stream()
                .filter(node -> List.of("Conv", "Gemm", "MatMul").contains(node.opType()))
                .toList();
        if (layers.isEmpty()) {
            return Optional.empty();
        }
        Node first = layers.get(0);
        TensorData weights = graph.initializers().get(first.inputs().get(1));
        if (weights == null || weights.type() != DataType.FLOAT) {
            return Optional.empty();
        }
        return first.opType().equals("Conv")
                ? convolution(weights)
                : dense(weights, isTransposed(first), images, layers.size() == 1);
    }

    /** Reads weights [outputs, channels, height, width]. */
    private static Optional<FirstLayer> convolution(TensorData weights) {
        long[] dims = weights.dims();
        if (dims.length != 4 || dims[1] != 1 && dims[1] != 3 || dims[2] * dims[3] == 1) {
            return Optional.empty();
        }
        int channels = (int) dims[1];
        int area = (int) (dims[2] * dims[3]);
        float[] values = weights.floats();
        List<float[]> filters = IntStream.range(0, (int) dims[0])
                .mapToObj(output -> {
                    float[] filter = new float[area * channels];
                    for (int i = 0; i < filter.length; i++) {
                        filter[i] = values[(output * channels + i % channels) * area + i / channels];
                    }
                    return filter;
                })
                .toList();
        return Optional.of(new FirstLayer(FirstLayerKind.CONVOLUTION, filters, (int) dims[2], (int) dims[3], channels));
    }

    /**
     * Reads weights [pixels, outputs], or [outputs, pixels] if transposed, of pixels in the order [height, width,
     * channels].
     */
    private static Optional<FirstLayer> dense(
            TensorData weights, boolean transposed, LabelledImages images, boolean only) {
        long[] dims = weights.dims();
        int pixels = images.valuesPerImage();
        if (dims.length != 2 || dims[transposed ? 1 : 0] != pixels) {
            return Optional.empty();
        }
        int outputs = (int) dims[transposed ? 0 : 1];
        float[] values = weights.floats();
        List<float[]> filters = IntStream.range(0, outputs)
                .mapToObj(output -> {
                    float[] filter = new float[pixels];
                    for (int i = 0; i < pixels; i++) {
                        filter[i] = values[transposed ? output * pixels + i : i * outputs + output];
                    }
                    return filter;
                })
                .toList();
        FirstLayerKind kind = only && outputs == images.labelNames().size()
                ? FirstLayerKind.SOFTMAX_REGRESSION
                : FirstLayerKind.DENSE;
        return Optional.of(new FirstLayer(kind, filters, images.height(), images.width(), images.channels()));
    }

    private static boolean isTransposed(Node node) {
        return new Attribute.Int(1).equals(node.attributes().get("transB"));
    }

    /**
     * Returns the filters, or those with the largest weights if there are many. Filters of classes have the class
     * names.
     */
    TileGrid grid(List<String> classes) {
        TileGrid grid = TileGrid.of(channels == 3 ? Tone.SIGNED_COLOUR : Tone.SIGNED, caption());
        if (kind == FirstLayerKind.SOFTMAX_REGRESSION) {
            grid.withNames();
        }
        for (int output : shown()) {
            String name = kind == FirstLayerKind.SOFTMAX_REGRESSION
                    ? classes.get(output)
                    : (kind == FirstLayerKind.CONVOLUTION ? "filter " : "unit ") + output;
            grid.tile(name, filters.get(output), height, width);
        }
        return grid;
    }

    private List<Integer> shown() {
        return IntStream.range(0, filters.size())
                .boxed()
                .sorted(Comparator.comparing(output -> -squares(filters.get(output))))
                .limit(kind.shown)
                .sorted()
                .toList();
    }

    private static double squares(float[] filter) {
        double sum = 0;
        for (float weight : filter) {
            sum += (double) weight * weight;
        }
        return sum;
    }

    private String caption() {
        String size = height + " x " + width;
        String many = filters.size() <= kind.shown ? "" : " The " + kind.shown + " with the largest weights are shown.";
        return switch (kind) {
            case CONVOLUTION ->
                "The " + filters.size() + " filters of the first convolution, " + size + " pixels each." + many;
            case DENSE ->
                "Weights of the " + size + " pixels in each of the " + filters.size() + " units of the first layer."
                        + many;
            case SOFTMAX_REGRESSION -> "Weights of the " + size + " pixels for each class.";
        };
    }
}
