package dev.jzoo.export.dl4j.keras.emission;

import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.dl4j.keras.model.KerasLayer;
import dev.jzoo.export.dl4j.keras.model.LayerSettings;
import dev.jzoo.export.dl4j.keras.model.WeightArray;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.GraphBuilder.NodeBuilder;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.zoo.card.Dimension;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A call of a layer, to be written. */
final class EmittedLayer {

    private final ModelEmission emission;
    private final KerasLayer layer;
    private final LayerSettings settings;
    private final List<EmittedValue> inputs;

    EmittedLayer(ModelEmission emission, KerasLayer layer, List<EmittedValue> inputs) {
        this.emission = emission;
        this.layer = layer;
        this.settings = layer.settings();
        this.inputs = inputs;
    }

    ModelEmission emission() {
        return emission;
    }

    GraphBuilder graph() {
        return emission.graph();
    }

    KerasLayer layer() {
        return layer;
    }

    LayerSettings settings() {
        return settings;
    }

    List<EmittedValue> inputs() {
        return inputs;
    }

    EmittedValue input() {
        return inputs.get(0);
    }

    /** Returns an exception with the layer's name, for an input or a combination of settings that is not supported. */
    UnsupportedNetworkException unsupported(String reason) {
        return new UnsupportedNetworkException(
                List.of(layer + ": " + reason),
                "Replace it with layers and settings from the table \"Keras\" in docs/operators.md, and"
                        + " save the model again.");
    }

    /** Fails unless the input has one of these numbers of axes. */
    void requireRank(int least, int most) {
        if (input().rank() < least || input().rank() > most) {
            throw unsupported("its input has " + input().rank() + " axes, expected "
                    + (least == most ? "" + least : least + " to " + most));
        }
    }

    /** Returns the size of an axis of the input. Fails if it is open. */
    int fixed(int axis) {
        long size = input().size(axis);
        if (size < 0) {
            throw unsupported(
                    "axis " + axis + " of its input has no fixed size; declare it in the model's input shape");
        }
        return Math.toIntExact(size);
    }

    NodeBuilder op(String type, String... read) {
        return graph().op(type, read);
    }

    String integers(long... values) {
        return graph().constant(values);
    }

    /** Adds a weight as the file has it. */
    String weight(String role, int... dims) {
        return write(role, layer.weight(role, dims), IntUnaryOperator.identity(), longs(dims));
    }

    String write(String role, WeightArray array, IntUnaryOperator source, long... dims) {
        return emission.account().write(layer, role, array.values(), source, dims);
    }

    /** Adds a weight or, if the layer has none, a constant of equal numbers. */
    String weightOr(float absent, String role, int size) {
        if (layer.has(role)) {
            return weight(role, size);
        }
        float[] values = new float[size];
        Arrays.fill(values, absent);
        return graph().constant(TensorData.of(values, size));
    }

    /** Adds a weight of that shape with its axes in another order. */
    String transposedWeight(String role, int[] dims, int... order) {
        int[] strides = new int[dims.length];
        for (int axis = dims.length - 1, stride = 1; axis >= 0; stride *= dims[axis--]) {
            strides[axis] = stride;
        }
        long[] sizes = IntStream.of(order).mapToLong(axis -> dims[axis]).toArray();
        IntUnaryOperator source = i -> {
            int from = 0;
            int rest = i;
            for (int axis = order.length - 1; axis >= 0; axis--) {
                from += rest % (int) sizes[axis] * strides[order[axis]];
                rest /= (int) sizes[axis];
            }
            return from;
        };
        return write(role, layer.weight(role, dims), source, sizes);
    }

    static long[] longs(int... values) {
        return IntStream.of(values).asLongStream().toArray();
    }

    String transpose(String tensor, long... order) {
        return op("Transpose", tensor).ints("perm", order).emit();
    }

    String cast(String tensor, DataType type) {
        return op("Cast", tensor).integer("to", type.code()).emit();
    }

    boolean isChannelsFirst() {
        return settings.text("data_format", "channels_last").equals("channels_first");
    }

    /** Returns the order of axes from [N, ..., C] to [N, C, ...]. */
    static long[] toFirst(int rank) {
        return LongStream.range(0, rank)
                .map(axis -> axis == 0 ? 0 : axis == 1 ? rank - 1 : axis - 1)
                .toArray();
    }

    /** Returns the order of axes from [N, C, ...] to [N, ..., C]. */
    static long[] toLast(int rank) {
        return LongStream.range(0, rank)
                .map(axis -> axis == 0 ? 0 : axis == rank - 1 ? 1 : axis + 1)
                .toArray();
    }

    /** Nodes for a tensor with channels first. */
    interface ChannelsFirstCore {
        EmittedValue of(EmittedValue channelsFirst);
    }

    /** Writes nodes for channels first, whatever the layer's layout. Masks are not passed on. */
    EmittedValue channelsFirst(ChannelsFirstCore core) {
        if (isChannelsFirst()) {
            return core.of(input());
        }
        EmittedValue result = core.of(first(input()));
        long[] order = toLast(result.rank());
        return new EmittedValue(transpose(result.tensor(), order), result.shapeInOrder(order), "");
    }

    private EmittedValue first(EmittedValue value) {
        long[] order = toFirst(value.rank());
        return new EmittedValue(transpose(value.tensor(), order), value.shapeInOrder(order), "");
    }

    /** Returns an axis counted from 0. */
    int axis(int axis) {
        int rank = input().rank();
        if (axis < -rank || axis >= rank) {
            throw unsupported("axis " + axis + " does not exist in an input with " + rank + " axes");
        }
        return axis < 0 ? axis + rank : axis;
    }

    /** Returns a result with the input's shape and mask. */
    EmittedValue same(String tensor) {
        return new EmittedValue(tensor, input().shape(), input().mask());
    }

    /** Returns a result without a mask. */
    EmittedValue unmasked(String tensor, List<Dimension> shape) {
        return new EmittedValue(tensor, shape, "");
    }
}
