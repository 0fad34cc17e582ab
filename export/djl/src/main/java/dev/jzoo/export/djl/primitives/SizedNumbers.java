package dev.jzoo.export.djl.primitives;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Numbers that a forward pass computes in Java from the sizes of its input: {@code Math.sqrt(T)}, {@code 1.0 / (H *
 * W)}. Whole numbers are handled by {@link DynamicSizes}. Other numbers are recognised as scale * f(size + shift) +
 * offset, where f is a power or the logarithm, and shift and offset are small integers. Only the scale is unknown then,
 * so both recordings must give the same scale. The parity check runs the network at other sizes.
 */
final class SizedNumbers {

    private static final double[] EXPONENTS = {1, -1, 0.5, -0.5, 2, -2, 0.25, -0.25, 1.5, -1.5, 3, -3, 1 / 3.0, -1 / 3.0
    };
    private static final int[] SHIFTS = {0, -1, 1, -2, 2};

    /** Allowed relative differences of two scales, for numbers that are double or float. */
    private static final double[] PRECISIONS = {1e-12, 2e-7};

    private final GraphBuilder graph;
    private final DynamicSizes sizes;

    SizedNumbers(GraphBuilder graph, DynamicSizes sizes) {
        this.graph = graph;
        this.sizes = sizes;
    }

    /** A function of a size, and the operators that compute it. */
    private record SizeFunction(DoubleUnaryOperator value, double exponent) {

        static SizeFunction power(double exponent) {
            return new SizeFunction(size -> Math.pow(size, exponent), exponent);
        }

        static SizeFunction logarithm() {
            return new SizeFunction(Math::log, Double.NaN);
        }

        String emit(GraphBuilder graph, DataType type, String size) {
            if (Double.isNaN(exponent)) {
                return graph.op("Log", size).emit();
            } else if (exponent == 1) {
                return size;
            }
            return exponent == 0.5
                    ? graph.op("Sqrt", size).emit()
                    : graph.op("Pow", size, graph.constant(DjlTypes.scalar(type, exponent)))
                            .emit();
        }
    }

    /** Emits the number of both recordings as a tensor of shape []. */
    String emit(double ours, double theirs, DataType type) {
        if (ours == Math.rint(ours) && theirs == Math.rint(theirs)) {
            try {
                return cast(sizes.number((long) ours, (long) theirs), DataType.INT64, type);
            } catch (StepContext.UnsupportedStepException e) {
                // T * (T - 1) / 3.0 is whole for some T.
            }
        }
        DataType computed = type == DataType.DOUBLE ? type : DataType.FLOAT;
        for (double precision : PRECISIONS) {
            for (int offset : new int[] {0, 1, -1}) {
                for (int shift : SHIFTS) {
                    Optional<String> found = find(ours, theirs, offset, shift, precision, computed);
                    if (found.isPresent()) {
                        return cast(found.get(), computed, type);
                    }
                }
            }
        }
        throw new StepContext.UnsupportedStepException("the number that was " + ours + " and " + theirs
                + " in two recordings depends on the size of the input in an unknown way");
    }

    private Optional<String> find(double ours, double theirs, int offset, int shift, double precision, DataType type) {
        for (DynamicSizes.Size size : candidates()) {
            double first = size.first() + shift;
            double second = size.second() + shift;
            if (first <= 0 || second <= 0) {
                continue;
            }
            for (SizeFunction function : functions()) {
                double scale = (ours - offset) / function.value().applyAsDouble(first);
                double other = (theirs - offset) / function.value().applyAsDouble(second);
                if (Double.isFinite(scale) && scale != 0 && Math.abs(scale - other) <= precision * Math.abs(scale)) {
                    String value = cast(sizes.number(size.first(), size.second()), DataType.INT64, type);
                    value = arithmetic("Add", value, shift, 0, type);
                    value = function.emit(graph, type, value);
                    value = arithmetic("Mul", value, scale, 1, type);
                    return Optional.of(arithmetic("Add", value, offset, 0, type));
                }
            }
        }
        return Optional.empty();
    }

    private static List<SizeFunction> functions() {
        List<SizeFunction> functions = new ArrayList<>();
        for (double exponent : EXPONENTS) {
            functions.add(SizeFunction.power(exponent));
        }
        functions.add(SizeFunction.logarithm());
        return functions;
    }

    /** Returns the sizes of axes, and products of two. */
    private List<DynamicSizes.Size> candidates() {
        List<DynamicSizes.Size> known = sizes.known();
        List<DynamicSizes.Size> all = new ArrayList<>(known);
        for (int i = 0; i < known.size(); i++) {
            for (DynamicSizes.Size other : known.subList(i + 1, known.size())) {
                DynamicSizes.Size one = known.get(i);
                all.add(new DynamicSizes.Size(one.first() * other.first(), one.second() * other.second()));
            }
        }
        return all;
    }

    /** Combines a value with a number; returns the value itself if the number changes nothing. */
    String arithmetic(String operator, String value, double number, double neutral, DataType type) {
        return number == neutral
                ? value
                : graph.op(operator, value, graph.constant(DjlTypes.scalar(type, number)))
                        .emit();
    }

    /** Casts a value to another type. */
    String cast(String value, DataType from, DataType to) {
        return from == to
                ? value
                : graph.op("Cast", value).integer("to", to.code()).emit();
    }
}
