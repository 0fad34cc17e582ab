package dev.jzoo.export.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.jzoo.export.onnx.DataType;
import dev.jzoo.export.onnx.GraphBuilder;
import dev.jzoo.export.onnx.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A step about to become nodes: the same step of both recordings, and the graph. Argument 0 is the receiver. What is asked
 * for as one value must be equal in both recordings; else the step depends on the size of the input in a way that has no
 * ONNX form, and {@link Unsupported} says so.
 */
final class Call {

    private final GraphBuilder graph;
    private final Step first;
    private final Step second;
    private final Map<Integer, String> names;

    Call(GraphBuilder graph, Step first, Step second, Map<Integer, String> names) {
        this.graph = graph;
        this.first = first;
        this.second = second;
        this.names = names;
    }

    /** A step has no ONNX form; the message says why. */
    static final class Unsupported extends RuntimeException {
        Unsupported(String reason) {
            super(reason);
        }
    }

    /** A step reads the result of one that has no ONNX form. */
    static final class Cascade extends RuntimeException {}

    GraphBuilder graph() {
        return graph;
    }

    int arguments() {
        return first.arguments().size();
    }

    boolean isNull(int argument) {
        return first.arguments().get(argument) == null;
    }

    boolean isTensor(int argument) {
        return first.arguments().get(argument) instanceof Traced;
    }

    Traced tensor(int argument) {
        return (Traced) first.arguments().get(argument);
    }

    /** The graph's name of a tensor; empty where the call had null. */
    String in(int argument) {
        return isNull(argument)
                ? ""
                : name(tensor(argument), (Traced) second.arguments().get(argument));
    }

    /** The graph's names of a list of tensors. */
    List<String> list(int argument) {
        List<Traced> ours = tensors(first, argument);
        List<Traced> theirs = tensors(second, argument);
        List<String> list = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            list.add(name(ours.get(i), theirs.get(i)));
        }
        return list;
    }

    List<Traced> tensors(int argument) {
        return tensors(first, argument);
    }

    private static List<Traced> tensors(Step step, int argument) {
        return ((List<?>) step.arguments().get(argument))
                .stream().map(Traced.class::cast).toList();
    }

    /** An operand of an elementwise primitive: a tensor, or a number as a constant of the receiver's type. */
    String operand(int argument) {
        if (isTensor(argument)) {
            return in(argument);
        }
        return graph.constant(DjlTypes.scalar(DjlTypes.of(tensor(0).type()), number(argument)));
    }

    private String name(Traced ours, Traced theirs) {
        String known = names.get(ours.number());
        if (known != null) {
            return known;
        }
        String name;
        if (ours.origin() instanceof Traced.Origin.Weight weight) {
            name = graph.weight(weight.path(), DjlTypes.data(weight.array()));
        } else if (ours.origin() instanceof Traced.Origin.Constant constant
                && theirs.origin() instanceof Traced.Origin.Constant other) {
            TensorData data = DjlTypes.data(constant.array());
            if (!data.equals(DjlTypes.data(other.array()))) {
                throw new Unsupported("a constant of the forward pass depends on the size of the input");
            }
            name = graph.constant(data);
        } else {
            throw new Cascade();
        }
        names.put(ours.number(), name);
        return name;
    }

    /** The values of a parameter. Fails for a tensor that the forward pass computed. */
    NDArray weight(Traced tensor) {
        if (tensor.origin() instanceof Traced.Origin.Weight weight) {
            return weight.array();
        }
        throw new Unsupported("its weights are computed in the forward pass");
    }

    /** Whether a tensor is a constant whose values are all 0. */
    boolean isZero(Traced tensor) {
        return tensor.origin() instanceof Traced.Origin.Constant constant
                && constant.array().eq(0).all().getBoolean();
    }

    private Object same(int argument) {
        Object ours = first.arguments().get(argument);
        if (!Objects.deepEquals(ours, second.arguments().get(argument))) {
            throw new Unsupported(
                    "argument " + argument + " of " + first.primitive() + " depends on the size of the input");
        }
        return ours;
    }

    double number(int argument) {
        return ((Number) same(argument)).doubleValue();
    }

    long integer(int argument) {
        return ((Number) same(argument)).longValue();
    }

    boolean flag(int argument) {
        return (Boolean) same(argument);
    }

    /** An argument that is a shape, an array of integers or one integer. */
    long[] integers(int argument) {
        Object value = same(argument);
        if (value instanceof Shape shape) {
            return shape.getShape();
        } else if (value instanceof long[] longs) {
            return longs.clone();
        } else if (value instanceof int[] ints) {
            return Arrays.stream(ints).asLongStream().toArray();
        }
        return new long[] {((Number) value).longValue()};
    }

    /** An argument of another kind, equal in both recordings. */
    <T> T value(int argument, Class<T> type) {
        return type.cast(same(argument));
    }

    /** An argument of another kind in each recording. */
    <T> List<T> both(int argument, Class<T> type) {
        return List.of(
                type.cast(first.arguments().get(argument)),
                type.cast(second.arguments().get(argument)));
    }

    Shape shape(int argument) {
        return tensor(argument).shape();
    }

    /** Sizes of the result's axes; -1 where they depend on the size of the input. */
    long[] resultShape(int result) {
        return merge(
                first.results().get(result).shape(),
                second.results().get(result).shape());
    }

    /** Sizes of an argument's axes; -1 where they depend on the size of the input. */
    long[] sizes(int argument) {
        return merge(tensor(argument).shape(), ((Traced) second.arguments().get(argument)).shape());
    }

    private static long[] merge(Shape ours, Shape theirs) {
        long[] merged = ours.getShape().clone();
        for (int i = 0; i < merged.length; i++) {
            merged[i] = merged[i] == theirs.get(i) ? merged[i] : -1;
        }
        return merged;
    }

    DataType resultType() {
        return DjlTypes.of(first.results().get(0).type());
    }

    String scope() {
        return first.scope();
    }

    /** A negative axis counted from the end of the receiver's shape, as one counted from its beginning. */
    long axis(int argument) {
        long axis = integer(argument);
        return axis < 0 ? axis + tensor(0).shape().dimension() : axis;
    }

    /** Gives the step's results their names in the graph. */
    void result(String... outputs) {
        for (int i = 0; i < outputs.length; i++) {
            names.put(first.results().get(i).number(), outputs[i]);
        }
    }
}
