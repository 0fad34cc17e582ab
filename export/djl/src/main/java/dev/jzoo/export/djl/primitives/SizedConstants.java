package dev.jzoo.export.djl.primitives;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;

/**
 * Constants of the forward pass that depend on the size of the input: {@code zeros(batch, h)}, {@code arange(T)}, and a size
 * as a number.
 */
final class SizedConstants {

    private final GraphBuilder graph;
    private final DynamicSizes sizes;

    SizedConstants(GraphBuilder graph, DynamicSizes sizes) {
        this.graph = graph;
        this.sizes = sizes;
    }

    /** Nodes that give both constants, each at its size. */
    String emit(NDArray ours, NDArray theirs) {
        double[] first = values(ours);
        double[] second = values(theirs);
        if (ours.getShape().isScalar() && first[0] == Math.rint(first[0]) && second[0] == Math.rint(second[0])) {
            String number = sizes.number((long) first[0], (long) second[0]);
            return cast(number, ours.getDataType());
        } else if (isFilled(first) && isFilled(second) && first[0] == second[0]) {
            String shape =
                    sizes.list(ours.getShape().getShape(), theirs.getShape().getShape());
            return graph.op("Expand", graph.constant(scalar(ours, first[0])), shape)
                    .emit();
        } else if (isRange(ours, first) && isRange(theirs, second) && sameStart(first, second)) {
            double step = first[1] - first[0];
            String count =
                    cast(sizes.number(ours.getShape().get(0), theirs.getShape().get(0)), ours.getDataType());
            String length = step == 1
                    ? count
                    : graph.op("Mul", count, graph.constant(scalar(ours, step))).emit();
            String limit = first[0] == 0
                    ? length
                    : graph.op("Add", length, graph.constant(scalar(ours, first[0])))
                            .emit();
            return graph.op("Range", graph.constant(scalar(ours, first[0])), limit, graph.constant(scalar(ours, step)))
                    .emit();
        }
        throw new StepContext.UnsupportedStepException(
                "a constant of the forward pass depends on the size of the input, or on chance");
    }

    private String cast(String number, DataType type) {
        return type == DataType.INT64
                ? number
                : graph.op("Cast", number)
                        .integer("to", DjlTypes.of(type).code())
                        .emit();
    }

    private static TensorData scalar(NDArray like, double value) {
        return DjlTypes.scalar(DjlTypes.of(like.getDataType()), value);
    }

    private static double[] values(NDArray array) {
        try (NDArray doubles = array.toType(DataType.FLOAT64, true)) {
            return doubles.toDoubleArray();
        }
    }

    private static boolean isFilled(double[] values) {
        for (double value : values) {
            if (value != values[0]) {
                return false;
            }
        }
        return values.length > 0;
    }

    private static boolean isRange(NDArray array, double[] values) {
        if (array.getShape().dimension() != 1 || values.length < 2) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] != values[0] + i * (values[1] - values[0])) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameStart(double[] first, double[] second) {
        return first[0] == second[0] && first[1] == second[1];
    }
}
