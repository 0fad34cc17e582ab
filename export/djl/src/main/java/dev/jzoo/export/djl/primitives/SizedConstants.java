package dev.jzoo.export.djl.primitives;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Constants of the forward pass that depend on the size of the input, created in Java or by a manager: {@code
 * zeros(batch, h)}, {@code arange(T)}, a triangle of {@code float[T * T]}, and a size as a number.
 */
final class SizedConstants {

    private final GraphBuilder graph;
    private final DynamicSizes sizes;
    private final SizedNumbers numbers;

    SizedConstants(GraphBuilder graph, DynamicSizes sizes, SizedNumbers numbers) {
        this.graph = graph;
        this.sizes = sizes;
        this.numbers = numbers;
    }

    /** A constant in both recordings. */
    private record ConstantPair(Shape first, double[] ours, Shape second, double[] theirs, DataType type) {

        double[] both(int position) {
            return new double[] {ours[position], theirs[position]};
        }
    }

    /** A rule for one kind of constant: emits its nodes, or nothing for a constant of another kind. */
    private interface ConstantRule {
        Optional<String> emit(ConstantPair pair);
    }

    /** Emits nodes that compute both constants, each at its size. */
    String emit(NDArray ours, NDArray theirs) {
        ConstantPair pair = new ConstantPair(
                ours.getShape(), values(ours), theirs.getShape(), values(theirs), DjlTypes.of(ours.getDataType()));
        if (pair.first.dimension() == pair.second.dimension() && pair.ours.length > 0 && pair.theirs.length > 0) {
            for (ConstantRule rule : List.<ConstantRule>of(this::filled, this::range, this::band)) {
                Optional<String> found = rule.emit(pair);
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        throw new StepContext.UnsupportedStepException(
                "a constant of the forward pass depends on random numbers, or on the size of the input"
                        + " in an unknown way: it was " + ours.getShape() + " and " + theirs.getShape()
                        + " in two recordings; make it with operations on arrays, or keep the largest one in a"
                        + " field and use a part of it");
    }

    /** Emits a constant with the same number everywhere. */
    private Optional<String> filled(ConstantPair pair) {
        if (!isFilled(pair.ours) || !isFilled(pair.theirs)) {
            return Optional.empty();
        }
        String number = number(pair.both(0), pair.type);
        return Optional.of(
                pair.first.isScalar()
                        ? number
                        : graph.op("Expand", number, sizes.list(pair.first.getShape(), pair.second.getShape()))
                                .emit());
    }

    private static boolean isFilled(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }

    /** Emits numbers at equal distances along the only axis that is longer than 1. */
    private Optional<String> range(ConstantPair pair) {
        if (!isRange(pair.first, pair.ours) || !isRange(pair.second, pair.theirs)) {
            return Optional.empty();
        }
        String range = range(
                new double[] {pair.ours[0], pair.theirs[0]}, new double[] {step(pair.ours), step(pair.theirs)}, pair);
        return Optional.of(
                pair.first.dimension() == 1
                        ? range
                        : graph.op("Reshape", range, sizes.list(pair.first.getShape(), pair.second.getShape()))
                                .emit());
    }

    private static double step(double[] values) {
        return (values[values.length - 1] - values[0]) / (values.length - 1);
    }

    private static boolean isRange(Shape shape, double[] values) {
        if (values.length < 2 || Arrays.stream(shape.getShape()).max().orElse(0) != values.length) {
            return false;
        }
        double step = step(values);
        double rounding = 1e-6 * Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
        for (int i = 0; i < values.length; i++) {
            if (Math.abs(values[i] - (values[0] + i * step)) > rounding) {
                return false;
            }
        }
        return step != 0;
    }

    private String range(double[] start, double[] step, ConstantPair pair) {
        String count = sizes.number(pair.ours.length, pair.theirs.length);
        boolean plain = start[0] == start[1] && step[0] == step[1] && isWhole(start[0]) && isWhole(step[0]);
        if (plain) {
            String length =
                    numbers.arithmetic("Mul", numbers.cast(count, DataType.INT64, pair.type), step[0], 1, pair.type);
            String limit = numbers.arithmetic("Add", length, start[0], 0, pair.type);
            return graph.op("Range", number(start, pair.type), limit, number(step, pair.type))
                    .emit();
        }
        // Starts from whole numbers, because the length of a range of real numbers depends on rounding.
        String positions = graph.op(
                        "Range",
                        graph.constant(DjlTypes.scalar(DataType.INT64, 0)),
                        count,
                        graph.constant(DjlTypes.scalar(DataType.INT64, 1)))
                .emit();
        String steps = graph.op("Mul", numbers.cast(positions, DataType.INT64, pair.type), number(step, pair.type))
                .emit();
        return graph.op("Add", steps, number(start, pair.type)).emit();
    }

    private static boolean isWhole(double value) {
        return value == Math.rint(value);
    }

    /**
     * Emits a matrix, or several equal ones, with one number up to a diagonal and another after it: masks and the
     * identity.
     */
    private Optional<String> band(ConstantPair pair) {
        int rank = pair.first.dimension();
        if (rank < 2 || pair.first.size() == 0) {
            return Optional.empty();
        }
        Optional<Diagonal> ours = Diagonal.of(pair.first, pair.ours);
        if (ours.isEmpty() || !ours.equals(Diagonal.of(pair.second, pair.theirs))) {
            return Optional.empty();
        }
        Diagonal diagonal = ours.get();
        String columns = positions(pair, rank - 1);
        String rows = positions(pair, rank - 2);
        String distance = graph.op(
                        "Sub",
                        graph.op("Unsqueeze", columns, graph.constant(0L)).emit(),
                        graph.op("Unsqueeze", rows, graph.constant(1L)).emit())
                .emit();
        String limit = graph.constant(DjlTypes.scalar(DataType.INT64, diagonal.limit()));
        String inside = graph.op(diagonal.single() ? "Equal" : "LessOrEqual", distance, limit)
                .emit();
        String matrix = select(inside, diagonal, pair.type);
        return Optional.of(
                rank == 2
                        ? matrix
                        : graph.op("Expand", matrix, sizes.list(pair.first.getShape(), pair.second.getShape()))
                                .emit());
    }

    private String select(String condition, Diagonal diagonal, DataType type) {
        if (type == DataType.BOOL) {
            return diagonal.inside() != 0
                    ? condition
                    : graph.op("Not", condition).emit();
        }
        return graph.op(
                        "Where",
                        condition,
                        graph.constant(DjlTypes.scalar(type, diagonal.inside())),
                        graph.constant(DjlTypes.scalar(type, diagonal.outside())))
                .emit();
    }

    private String positions(ConstantPair pair, int axis) {
        return graph.op(
                        "Range",
                        graph.constant(DjlTypes.scalar(DataType.INT64, 0)),
                        sizes.number(pair.first.get(axis), pair.second.get(axis)),
                        graph.constant(DjlTypes.scalar(DataType.INT64, 1)))
                .emit();
    }

    /**
     * A matrix of two numbers, divided by a diagonal.
     *
     * @param limit column minus row of the last position with the first number
     * @param single whether only positions on that diagonal have it
     * @param inside the first number
     * @param outside the second number
     */
    private record Diagonal(long limit, boolean single, double inside, double outside) {

        static Optional<Diagonal> of(Shape shape, double[] values) {
            int rows = (int) shape.get(shape.dimension() - 2);
            int columns = (int) shape.get(shape.dimension() - 1);
            for (int limit = -2; limit <= 2; limit++) {
                for (boolean single : new boolean[] {false, true}) {
                    Optional<Diagonal> found = of(rows, columns, values, limit, single);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
            return Optional.empty();
        }

        private static Optional<Diagonal> of(int rows, int columns, double[] values, int limit, boolean single) {
            double inside = Double.NaN;
            double outside = Double.NaN;
            for (int i = 0; i < values.length; i++) {
                int distance = i % columns - i / columns % rows;
                boolean in = single ? distance == limit : distance <= limit;
                double expected = in ? inside : outside;
                if (Double.isNaN(expected)) {
                    expected = values[i];
                }
                if (values[i] != expected) {
                    return Optional.empty();
                }
                inside = in ? expected : inside;
                outside = in ? outside : expected;
            }
            return Double.isNaN(inside) || Double.isNaN(outside)
                    ? Optional.empty()
                    : Optional.of(new Diagonal(limit, single, inside, outside));
        }
    }

    private String number(double[] both, DataType type) {
        return both[0] == both[1]
                ? graph.constant(DjlTypes.scalar(type, both[0]))
                : numbers.emit(both[0], both[1], type);
    }

    private static double[] values(NDArray array) {
        try (NDArray doubles = array.toType(ai.djl.ndarray.types.DataType.FLOAT64, true)) {
            return doubles.toDoubleArray();
        }
    }
}
