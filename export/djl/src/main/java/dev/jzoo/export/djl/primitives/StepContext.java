package dev.jzoo.export.djl.primitives;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.jzoo.export.djl.recording.IndexPart;
import dev.jzoo.export.djl.recording.RecordedStep;
import dev.jzoo.export.djl.recording.RecordedTensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A step to be converted to nodes: the same step of both recordings, and the graph. Argument 0 is the receiver. A
 * single value must be equal in both recordings; otherwise the methods throw {@link UnsupportedStepException}, because
 * the step depends on the size of the input.
 */
public final class StepContext {

    private final PrimitiveEmission emission;
    private final RecordedStep first;
    private final RecordedStep second;
    /** True if the step is computed in single precision, regardless of its network's precision. */
    private final boolean single;

    public StepContext(PrimitiveEmission emission, RecordedStep first, RecordedStep second) {
        this(emission, first, second, false);
    }

    private StepContext(PrimitiveEmission emission, RecordedStep first, RecordedStep second, boolean single) {
        this.emission = emission;
        this.first = first;
        this.second = second;
        this.single = single;
    }

    /** Returns the same step in single precision; inputs and results of other precisions are cast. */
    StepContext inSinglePrecision() {
        return new StepContext(emission, first, second, true);
    }

    /** Thrown if a step has no ONNX form; the message gives the reason. */
    public static final class UnsupportedStepException extends RuntimeException {
        UnsupportedStepException(String reason) {
            super(reason);
        }
    }

    /** Thrown if a step reads the result of a step that has no ONNX form. */
    public static final class UnavailableInputException extends RuntimeException {}

    GraphBuilder graph() {
        return emission.graph();
    }

    DynamicSizes sizes() {
        return emission.sizes();
    }

    String scope() {
        return first.scope();
    }

    int arguments() {
        return first.arguments().size();
    }

    boolean isNull(int argument) {
        return first.arguments().get(argument) == null;
    }

    boolean isTensor(int argument) {
        return first.arguments().get(argument) instanceof RecordedTensor;
    }

    RecordedTensor tensor(int argument) {
        return (RecordedTensor) first.arguments().get(argument);
    }

    /** Returns an argument that is a number, from the first recording. */
    Number example(int argument) {
        return (Number) first.arguments().get(argument);
    }

    /** Returns whether an argument is the result of a primitive, for this step alone. */
    boolean isOnlyFor(int argument, String primitive) {
        RecordedStep maker = emission.onlyFor(tensor(argument));
        return maker != null
                && maker.primitive().equals(primitive)
                && !tensor(argument).isConstant();
    }

    /** Returns the graph's name of the receiver of the step that made an argument. */
    String before(int argument) {
        return emission.name(
                (RecordedTensor) emission.onlyFor(tensor(argument)).arguments().get(0), null);
    }

    private RecordedTensor other(int argument) {
        return (RecordedTensor) second.arguments().get(argument);
    }

    /** Returns the graph's name of a tensor; empty if the call had null. */
    String in(int argument) {
        return isNull(argument) ? "" : name(tensor(argument), other(argument));
    }

    /** Returns the graph's names of a list of tensors. */
    List<String> list(int argument) {
        List<RecordedTensor> ours = RecordedArguments.tensors(first, argument);
        List<RecordedTensor> theirs = RecordedArguments.tensors(second, argument);
        if (ours.size() != theirs.size()) {
            throw new UnsupportedStepException("the number of tensors depends on the size of the input");
        }
        List<String> list = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            list.add(name(ours.get(i), theirs.get(i)));
        }
        return list;
    }

    List<RecordedTensor> tensors(int argument) {
        return RecordedArguments.tensors(first, argument);
    }

    /** Returns the parts of an argument that is an index, in both recordings. */
    List<List<IndexPart>> index(int argument) {
        return List.of(RecordedArguments.parts(first, argument), RecordedArguments.parts(second, argument));
    }

    /** Returns the graph's name of a tensor, such as a tensor in an index. */
    String name(RecordedTensor ours, RecordedTensor theirs) {
        return cast(emission.name(ours, theirs), DjlTypes.of(ours.type()), computed(ours.type()));
    }

    /** Returns the type in which the step computes tensors of a type. */
    private DataType computed(ai.djl.ndarray.types.DataType type) {
        return single && type.isFloating() ? DataType.FLOAT : DjlTypes.of(type);
    }

    /** Returns an operand of an elementwise primitive as a tensor of a type: a number, or a tensor, cast if needed. */
    String operand(int argument, DataType type) {
        if (isTensor(argument)) {
            return cast(in(argument), type(argument), type);
        }
        Number ours = (Number) first.arguments().get(argument);
        Number theirs = (Number) second.arguments().get(argument);
        return ours.equals(theirs)
                ? graph().constant(DjlTypes.scalar(type, ours.doubleValue()))
                : emission.numbers().emit(ours.doubleValue(), theirs.doubleValue(), type);
    }

    /** Casts a tensor to another type. */
    String cast(String value, DataType from, DataType to) {
        return from == to
                ? value
                : graph().op("Cast", value).integer("to", to.code()).emit();
    }

    /** Returns an argument as a tensor of 64-bit integers, as ONNX requires for indices. */
    String positions(int argument) {
        return cast(in(argument), type(argument), DataType.INT64);
    }

    /** Adds a weight that is made from several parameters, "first" and others: "encoder.l0.W". */
    String weight(RecordedTensor first, String path, Supplier<TensorData> values) {
        return emission.weight(values(first), path, path, values);
    }

    /** Returns the values of a parameter or constant. Fails for a tensor that the forward pass computed. */
    NDArray values(RecordedTensor tensor) {
        if (tensor.origin() instanceof RecordedTensor.TensorOrigin.ParameterOrigin weight) {
            return weight.array();
        } else if (tensor.isConstant()) {
            return tensor.constant();
        }
        throw new UnsupportedStepException("its weights are computed in the forward pass");
    }

    /** Returns whether a tensor is a constant whose values are all 0. */
    boolean isZero(RecordedTensor tensor) {
        return tensor.isConstant() && tensor.constant().eq(0).all().getBoolean();
    }

    private Object same(int argument) {
        Object ours = first.arguments().get(argument);
        if (!Objects.deepEquals(ours, second.arguments().get(argument))) {
            throw new UnsupportedStepException("its argument " + ours + " depends on the size of the input");
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

    /** Returns an argument of another kind, equal in both recordings. */
    <T> T value(int argument, Class<T> type) {
        return type.cast(same(argument));
    }

    /** Returns an argument that is a shape, an array of integers or one integer. */
    long[] integers(int argument) {
        return RecordedArguments.integers(same(argument));
    }

    /** Returns such an argument as a list in the graph; it may depend on the size of the input. */
    String integersList(int argument) {
        return sizes().list(
                        RecordedArguments.integers(first.arguments().get(argument)),
                        RecordedArguments.integers(second.arguments().get(argument)));
    }

    /** Returns such an argument as a list of a given length; a single integer counts for every entry. */
    String integersList(int argument, int length) {
        return sizes().list(
                        RecordedArguments.stretched(
                                RecordedArguments.integers(first.arguments().get(argument)), length),
                        RecordedArguments.stretched(
                                RecordedArguments.integers(second.arguments().get(argument)), length));
    }

    /** Returns an axis counted from the beginning; a negative axis counts from the end of the receiver's shape. */
    long axis(int argument) {
        long axis = integer(argument);
        return axis < 0 ? axis + tensor(0).shape().dimension() : axis;
    }

    /** Returns several axes, each counted from the beginning. */
    long[] axes(int argument) {
        int rank = tensor(0).shape().dimension();
        return Arrays.stream(integers(argument))
                .map(axis -> axis < 0 ? axis + rank : axis)
                .toArray();
    }

    Shape shape(int argument) {
        return tensor(argument).shape();
    }

    /** Returns the shape of an argument in recording 0 or 1. */
    Shape argumentShape(int argument, int recording) {
        return recording == 0 ? tensor(argument).shape() : other(argument).shape();
    }

    /** Returns the sizes of an argument's axes; -1 for a size that depends on the size of the input. */
    long[] known(int argument) {
        return RecordedArguments.merge(tensor(argument).shape(), other(argument).shape());
    }

    /** Returns an argument's shape as a list in the graph. */
    String shapeList(int argument) {
        return sizes().list(
                        tensor(argument).shape().getShape(),
                        other(argument).shape().getShape());
    }

    /** Returns the size of one axis of an argument, as a list of one in the graph. */
    String size(int argument, long axis) {
        return sizes().one(
                        tensor(argument).shape().get((int) axis),
                        other(argument).shape().get((int) axis));
    }

    int results() {
        if (first.results().size() != second.results().size()) {
            throw new UnsupportedStepException("the number of its results depends on the size of the input");
        }
        return first.results().size();
    }

    /** Returns whether an output of the network depends on a result. */
    boolean isRead(int result) {
        return emission.isRead(first.results().get(result));
    }

    /** Returns whether an output depends on any result. Effects of a step without results are not followed. */
    public boolean isRead() {
        return first.results().isEmpty() || first.results().stream().anyMatch(emission::isRead);
    }

    /** Returns the sizes of the result's axes; -1 for a size that depends on the size of the input. */
    long[] resultKnown(int result) {
        return RecordedArguments.merge(resultShape(result, 0), resultShape(result, 1));
    }

    Shape resultShape(int result) {
        return first.results().get(result).shape();
    }

    /** Returns the shape of a result in recording 0 or 1. */
    Shape resultShape(int result, int recording) {
        return (recording == 0 ? first : second).results().get(result).shape();
    }

    /** Returns the result's shape as a list in the graph. */
    String resultShapeList(int result) {
        return sizes().list(
                        resultShape(result, 0).getShape(),
                        resultShape(result, 1).getShape());
    }

    /** Returns the size of one axis of a result, as a list of one in the graph. */
    String resultSize(int result, long axis) {
        return sizes().one(
                        resultShape(result, 0).get((int) axis),
                        resultShape(result, 1).get((int) axis));
    }

    /** Returns the element type of an argument. */
    DataType type(int argument) {
        return computed(tensor(argument).type());
    }

    DataType resultType() {
        return computed(first.results().get(0).type());
    }

    /** Sets the names of the step's results in the graph. */
    void result(String... outputs) {
        for (int i = 0; i < outputs.length; i++) {
            RecordedTensor result = first.results().get(i);
            String output = cast(outputs[i], computed(result.type()), DjlTypes.of(result.type()));
            emission.name(result, second.results().get(i), output);
        }
    }

    /** Returns whether the step does not depend on the input, so that its results are constants. */
    public boolean isFixed() {
        for (int i = 0; i < results(); i++) {
            if (!PrimitiveEmission.isFixed(
                    first.results().get(i), second.results().get(i))) {
                return false;
            }
        }
        return results() > 0;
    }
}
