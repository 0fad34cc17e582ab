package dev.jzoo.training.transfer;

import dev.jzoo.export.onnx.GraphBuilder;
import dev.jzoo.zoo.JZooException;
import dev.jzoo.zoo.JZooException.Code;
import java.util.Arrays;

/**
 * How a tensor is made a row of numbers for each picture.
 *
 * @param dimension numbers in a row
 * @param form what is done
 */
record FeatureShape(int dimension, Form form) {

    /** More than these are an inner layer's; a head on them would have millions of weights. */
    private static final int MOST = 200_000;

    /** What is done to a tensor. */
    private enum Form {
        /** [N, D], and [N, D, 1, 1] or [N, 1, 1, D]: put into a row. */
        ROW,
        /** [N, C, h, w], maps: their means. */
        MAPS,
        /** [N, T, D], tokens: their mean. */
        TOKENS
    }

    /**
     * The form of a tensor.
     *
     * @param shape what it has for one picture
     * @throws JZooException BAD_INPUT where it can be no features
     */
    static FeatureShape of(Base base, long[] shape) {
        long elements = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        long longest = Arrays.stream(shape).max().orElse(0);
        boolean isRow = shape.length == 2 || shape.length > 2 && elements == longest;
        long dimension = isRow ? elements : shape.length == 4 ? shape[1] : shape.length == 3 ? shape[2] : 0;
        if (dimension < 2 || dimension > MOST || shape[0] != 1) {
            throw new JZooException(
                    Code.BAD_INPUT,
                    base.name() + " gives no features to learn from: '"
                            + base.tap().tensor() + "' ("
                            + base.tap().reason() + ") has the shape " + Arrays.toString(shape)
                            + " for one picture; expected were 2 to " + MOST + " numbers.",
                    "Take a classifier of pictures as the base, or name the input of its last layer with --features.");
        }
        return new FeatureShape((int) dimension, isRow ? Form.ROW : shape.length == 4 ? Form.MAPS : Form.TOKENS);
    }

    /** Adds the nodes. Returns the name of a tensor [batch, dimension]. */
    String emit(GraphBuilder graph, String tensor) {
        String value =
                switch (form) {
                    case ROW -> tensor;
                    case MAPS -> graph.op("GlobalAveragePool", tensor).emit();
                    case TOKENS ->
                        graph.op("ReduceMean", tensor)
                                .ints("axes", 1)
                                .integer("keepdims", 0)
                                .emit();
                };
        return graph.op("Flatten", value).integer("axis", 1).emit();
    }
}
