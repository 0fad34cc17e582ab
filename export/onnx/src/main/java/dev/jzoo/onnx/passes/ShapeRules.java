package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** The rules for output shapes by operator, from the operators' pages of the ONNX specification. */
final class ShapeRules {

    /** Operators with one input that treat every element alike. */
    static final Set<String> ELEMENTWISE = Set.of(
            "Abs",
            "Cast",
            "Ceil",
            "Celu",
            "Clip",
            "Elu",
            "Erf",
            "Exp",
            "Floor",
            "Gelu",
            "HardSigmoid",
            "HardSwish",
            "LeakyRelu",
            "Log",
            "Mish",
            "Neg",
            "Not",
            "Reciprocal",
            "Relu",
            "Round",
            "Selu",
            "Sigmoid",
            "Sign",
            "Softplus",
            "Softsign",
            "Sqrt",
            "Tanh",
            "ThresholdedRelu");

    /** Other operators whose output has the shape of their first input. */
    private static final Set<String> SAME = Set.of(
            "BatchNormalization",
            "CumSum",
            "Dropout",
            "Identity",
            "InstanceNormalization",
            "LRN",
            "LayerNormalization",
            "LogSoftmax",
            "PRelu",
            "Softmax");

    private static final Set<String> BROADCAST = Set.of(
            "Add", "And", "Div", "Equal", "Greater", "Less", "Max", "Mean", "Min", "Mod", "Mul", "Or", "Pow", "Sub",
            "Sum", "Where");

    /** A node with the known shapes and values of its inputs. */
    record KnownInputs(Node node, Map<String, long[]> shapes, Map<String, TensorData> constants) {

        boolean has(int input) {
            return input < node.inputs().size() && !node.inputs().get(input).isEmpty();
        }

        long[] shape(int input) {
            long[] shape = shapes.get(node.inputs().get(input));
            if (shape == null) {
                throw new IllegalArgumentException(node.describe() + ": input " + input + " is omitted.");
            }
            return shape.clone();
        }

        TensorData constant(int input) {
            TensorData value = constants.get(node.inputs().get(input));
            if (value == null) {
                throw new IllegalArgumentException(node.describe() + ": input " + input + " is unknown.");
            }
            return value;
        }

        /** Returns the axes from an attribute or an input; all axes if neither exists. */
        int[] axes(int rank) {
            long[] axes = node.attributes().containsKey("axes")
                    ? ints("axes")
                    : has(1) ? constant(1).longs() : LongStream.range(0, rank).toArray();
            return Arrays.stream(axes)
                    .mapToInt(axis -> ConstantOperators.axis(axis, rank))
                    .toArray();
        }

        long[] ints(String attribute, long... otherwise) {
            return node.attributes().get(attribute) instanceof Attribute.Ints list
                    ? list.values().stream().mapToLong(Long::longValue).toArray()
                    : otherwise;
        }

        long integer(String attribute, long otherwise) {
            return ConstantOperators.integer(node, attribute, otherwise);
        }
    }

    private ShapeRules() {}

    /** Returns the shapes of the outputs; empty for an unknown operator. */
    static List<long[]> outputs(KnownInputs call) {
        String operator = call.node().opType();
        if (ELEMENTWISE.contains(operator) || SAME.contains(operator)) {
            return List.of(call.shape(0));
        } else if (BROADCAST.contains(operator)) {
            long[] shape = call.shape(0);
            for (int i = 1; i < call.node().inputs().size(); i++) {
                shape = StridedWalk.broadcast(shape, call.shape(i));
            }
            return List.of(shape);
        } else if (operator.startsWith("Reduce")) {
            return List.of(without(call.shape(0), call.axes(call.shape(0).length), call.integer("keepdims", 1) != 0));
        }
        return switch (operator) {
            case "Conv", "ConvTranspose", "MaxPool", "AveragePool", "LpPool" -> List.of(WindowShape.of(call));
            case "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool" -> {
                long[] shape = call.shape(0);
                Arrays.fill(shape, 2, shape.length, 1);
                yield List.of(shape);
            }
            case "Gemm" -> {
                long[] a = call.shape(0);
                long[] b = call.shape(1);
                yield List.of(
                        new long[] {a[call.integer("transA", 0) != 0 ? 1 : 0], b[call.integer("transB", 0) != 0 ? 0 : 1]
                        });
            }
            case "MatMul" -> matMul(call.shape(0), call.shape(1));
            case "LSTM", "GRU", "RNN" -> {
                long[] x = call.shape(0);
                long[] r = call.shape(2);
                long[] last = {r[0], x[1], r[2]};
                yield List.of(new long[] {x[0], r[0], x[1], r[2]}, last, last);
            }
            case "Transpose" -> {
                long[] shape = call.shape(0);
                long[] reverse = LongStream.range(0, shape.length)
                        .map(i -> shape.length - 1 - i)
                        .toArray();
                yield List.of(Arrays.stream(call.ints("perm", reverse))
                        .map(axis -> shape[(int) axis])
                        .toArray());
            }
            case "Reshape" ->
                ConstantOperators.reshaped(call.shape(0), call.constant(1).longs(), call.integer("allowzero", 0) != 0)
                        .map(List::of)
                        .orElse(List.of());
            case "Flatten" -> {
                long[] shape = call.shape(0);
                int axis = ConstantOperators.axis(call.integer("axis", 1), shape.length);
                yield List.of(new long[] {
                    ConstantOperators.product(shape, 0, axis), ConstantOperators.product(shape, axis, shape.length)
                });
            }
            case "Unsqueeze" -> unsqueeze(call);
            case "Squeeze" -> squeeze(call);
            case "Concat" -> {
                long[] shape = call.shape(0);
                int axis = ConstantOperators.axis(call.integer("axis", 0), shape.length);
                for (int i = 1; i < call.node().inputs().size(); i++) {
                    shape[axis] += call.shape(i)[axis];
                }
                yield List.of(shape);
            }
            case "Slice" -> {
                List<TensorData> bounds = new ArrayList<>();
                for (int i = 1; i < call.node().inputs().size(); i++) {
                    bounds.add(call.constant(i));
                }
                yield List.of(ConstantOperators.cut(call.shape(0), bounds).dims());
            }
            case "Gather" -> {
                long[] x = call.shape(0);
                int axis = ConstantOperators.axis(call.integer("axis", 0), x.length);
                yield List.of(LongStream.concat(
                                LongStream.concat(Arrays.stream(x, 0, axis), Arrays.stream(call.shape(1))),
                                Arrays.stream(x, axis + 1, x.length))
                        .toArray());
            }
            case "Pad" -> {
                long[] shape = call.shape(0);
                long[] pads = call.constant(1).longs();
                int padded = pads.length / 2;
                long[] axes = call.has(3)
                        ? call.constant(3).longs()
                        : LongStream.range(0, padded).toArray();
                for (int i = 0; i < padded; i++) {
                    shape[ConstantOperators.axis(axes[i], shape.length)] += pads[i] + pads[padded + i];
                }
                yield List.of(shape);
            }
            case "Resize" -> resize(call);
            case "Expand" ->
                List.of(StridedWalk.broadcast(call.shape(0), call.constant(1).longs()));
            case "Split" -> split(call);
            case "Shape" -> List.of(new long[] {call.shape(0).length});
            default -> List.of();
        };
    }

    private static long[] without(long[] shape, int[] axes, boolean keep) {
        List<Integer> gone = Arrays.stream(axes).boxed().toList();
        return LongStream.range(0, shape.length)
                .filter(i -> keep || !gone.contains((int) i))
                .map(i -> gone.contains((int) i) ? 1 : shape[(int) i])
                .toArray();
    }

    private static List<long[]> matMul(long[] a, long[] b) {
        if (a.length < 2 || b.length < 2) {
            return List.of();
        }
        long[] stack = StridedWalk.broadcast(Arrays.copyOf(a, a.length - 2), Arrays.copyOf(b, b.length - 2));
        long[] shape = Arrays.copyOf(stack, stack.length + 2);
        shape[stack.length] = a[a.length - 2];
        shape[stack.length + 1] = b[b.length - 1];
        return List.of(shape);
    }

    private static List<long[]> unsqueeze(KnownInputs call) {
        long[] shape = call.shape(0);
        long[] given = call.node().attributes().containsKey("axes")
                ? call.ints("axes")
                : call.constant(1).longs();
        int rank = shape.length + given.length;
        long[] result = new long[rank];
        Arrays.stream(given).forEach(axis -> result[ConstantOperators.axis(axis, rank)] = 1);
        int from = 0;
        for (int i = 0; i < rank; i++) {
            result[i] = result[i] == 1 ? 1 : shape[from++];
        }
        return List.of(result);
    }

    private static List<long[]> squeeze(KnownInputs call) {
        long[] shape = call.shape(0);
        boolean given = call.has(1) || call.node().attributes().containsKey("axes");
        return List.of(
                given
                        ? without(shape, call.axes(shape.length), false)
                        : Arrays.stream(shape).filter(size -> size != 1).toArray());
    }

    private static List<long[]> resize(KnownInputs call) {
        if (call.has(3)) {
            return List.of(call.constant(3).longs());
        }
        long[] shape = call.shape(0);
        float[] scales = call.constant(2).floats();
        for (int i = 0; i < shape.length; i++) {
            shape[i] = (long) Math.floor(shape[i] * scales[i]);
        }
        return List.of(shape);
    }

    private static List<long[]> split(KnownInputs call) {
        long[] shape = call.shape(0);
        int axis = ConstantOperators.axis(call.integer("axis", 0), shape.length);
        int parts = call.node().outputs().size();
        long[] sizes = new long[parts];
        Arrays.fill(sizes, (shape[axis] + parts - 1) / parts);
        sizes[parts - 1] = shape[axis] - sizes[0] * (parts - 1);
        if (call.has(1)) {
            sizes = call.constant(1).longs();
        }
        List<long[]> results = new ArrayList<>();
        for (long size : sizes) {
            long[] part = shape.clone();
            part[axis] = size;
            results.add(part);
        }
        return results;
    }
}
