package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.jzoo.onnx.TensorData;
import java.util.Arrays;

/**
 * Attention of opset 23 to 25: softmax(Q K^T scale + bias) V for each head, with caches of keys and values, masks,
 * causal order, windows, a soft cap and grouped heads of queries; and RotaryEmbedding, which rotates pairs of values in
 * the heads by their position in the sequence.
 */
final class AttentionOperator {

    private final NodeAttributes settings;

    private AttentionOperator(NodeAttributes settings) {
        this.settings = settings;
    }

    static Operator of(NodeAttributes settings) {
        AttentionOperator attention = new AttentionOperator(settings);
        long precision = settings.integer("softmax_precision", 0);
        settings.require(
                precision == 0 || precision == 1 || precision == 10 || precision == 11,
                "the engine has no softmax of the type " + precision);
        return attention::apply;
    }

    private NDList apply(OperatorInputs call) {
        NDArray q = heads(call.x(), settings.integer("q_num_heads", 0));
        NDArray k = heads(call.array(1), settings.integer("kv_num_heads", 0));
        NDArray v = heads(call.array(2), settings.integer("kv_num_heads", 0));
        long past = call.has(4) ? call.dims(4)[2] : 0;
        NDArray keys = call.has(4) ? call.array(4).concat(k, 2) : k;
        NDArray values = call.has(5) ? call.array(5).concat(v, 2) : v;
        NDArray bias = bias(call, q.getShape().get(2), keys.getShape().get(2), past);
        double scale =
                Math.sqrt(settings.real("scale", 1 / Math.sqrt(q.getShape().get(3))));
        long shared = q.getShape().get(1) / keys.getShape().get(1);
        NDArray factor = call.scalar(scale);
        NDArray products =
                q.mul(factor).matMul(repeated(keys, shared).mul(factor).transpose(0, 1, 3, 2));
        double cap = settings.real("softcap", 0);
        NDArray capped = cap > 0 ? products.div(call.scalar(cap)).tanh().mul(call.scalar(cap)) : products;
        NDArray biased = capped.add(bias);
        NDArray shares = shares(call, biased, bias);
        NDArray y = shares.matMul(repeated(values, shared));
        long[] dims = HostTensors.dims(y);
        NDArray result = call.rank() == 3
                ? OperatorInputs.reshaped(y.transpose(0, 2, 1, 3), dims[0], dims[2], dims[1] * dims[3])
                : y;
        NDArray shown =
                switch ((int) settings.integer("qk_matmul_output_mode", 0)) {
                    case 1 -> capped;
                    case 2 -> open(call, biased, bias);
                    case 3 -> shares;
                    default -> cap > 0 ? capped : products;
                };
        return new NDList(result, OperatorInputs.view(keys), OperatorInputs.view(values), OperatorInputs.view(shown));
    }

    /** Returns [N, heads, length, size], from the same or from [N, length, heads * size]. */
    private static NDArray heads(NDArray x, long heads) {
        long[] dims = HostTensors.dims(x);
        if (dims.length == 4) {
            return x;
        }
        return OperatorInputs.reshaped(x, dims[0], dims[1], heads, dims[2] / Math.max(1, heads))
                .transpose(0, 2, 1, 3);
    }

    /** Repeats each head for each head of queries that shares it. */
    private static NDArray repeated(NDArray x, long times) {
        return times <= 1 ? x : x.repeat(1, times);
    }

    /** Returns a replacement for minus infinity, with which a softmax over no keys would be NaN. */
    private static double lowest(OperatorInputs call) {
        return OperatorInputs.lowest(call.x());
    }

    /** Returns the bias that is added to the products: 0 if a query attends to a key, otherwise the lowest number. */
    private NDArray bias(OperatorInputs call, long queries, long keys, long past) {
        NDArray bias = order(call, queries, keys, past);
        if (!call.has(3)) {
            return bias;
        }
        NDArray mask = call.array(3);
        NDArray low = call.scalar(lowest(call));
        long missing = keys - mask.getShape().get(mask.getShape().dimension() - 1);
        NDArray added;
        if (mask.getDataType() == DataType.BOOLEAN) {
            NDArray hidden = call.scalar(1).sub(mask.toType(call.x().getDataType(), false));
            added = padded(hidden, missing, 1).mul(low);
        } else {
            added = padded(
                    ArithmeticOperators.cast(mask, call.x().getDataType()).maximum(low), missing, lowest(call));
        }
        return bias.add(added).maximum(low);
    }

    private static NDArray padded(NDArray x, long missing, double value) {
        return missing > 0 ? x.pad(new Shape(0, missing), value) : x;
    }

    /**
     * Returns the bias of the causal order and the windows: [queries, keys], or [N, 1, queries, keys] if the number of
     * keys differs between examples.
     */
    private NDArray order(OperatorInputs call, long queries, long keys, long past) {
        long left = settings.integer("left_window_size", -1);
        long right = settings.integer("right_window_size", -1);
        boolean causal = settings.flag("is_causal");
        long[] lengths = call.longsIfGiven(6).orElse(new long[] {keys});
        float[] values = new float[HostTensors.checkedCount(lengths.length, queries, keys)];
        int at = 0;
        for (long length : lengths) {
            long offset = call.has(6) ? length - queries : past;
            for (long i = 0; i < queries; i++) {
                for (long j = 0; j < keys; j++) {
                    long behind = i + offset - j;
                    boolean seen = j < length
                            && (!causal || behind >= 0)
                            && (left < 0 || behind <= left)
                            && (right < 0 || -behind <= right);
                    values[at++] = seen ? 0 : (float) lowest(call);
                }
            }
        }
        TensorData order = call.has(6)
                ? TensorData.of(values, lengths.length, 1, queries, keys)
                : TensorData.of(values, queries, keys);
        return call.run().array(order).toType(call.x().getDataType(), false);
    }

    /** Returns the share of each key; 0 for a query that attends to none. */
    private NDArray shares(OperatorInputs call, NDArray biased, NDArray bias) {
        DataType type = call.x().getDataType();
        DataType precise = HostTensors.type(dev.jzoo.onnx.DataType.of((int) settings.integer("softmax_precision", 1)))
                .orElseThrow();
        boolean cast = settings.integer("softmax_precision", 0) != 0;
        NDArray x = cast ? ArithmeticOperators.cast(biased, precise) : biased;
        NDArray shares = ArithmeticOperators.cast(x.softmax(-1), type);
        int last = bias.getShape().dimension() - 1;
        NDArray sees = bias.stopGradient()
                .max(new int[] {last}, true)
                .gt(call.scalar(lowest(call) / 2))
                .toType(type, false);
        return shares.mul(sees);
    }

    /** Returns the products with their bias, with minus infinity where a query does not attend to a key. */
    private static NDArray open(OperatorInputs call, NDArray biased, NDArray bias) {
        NDArray seen = bias.stopGradient().gt(call.scalar(lowest(call) / 2)).broadcast(biased.getShape());
        NDArray hidden = call.scalar(Double.NEGATIVE_INFINITY).broadcast(biased.getShape());
        return biased.getNDArrayInternal().where(seen, hidden);
    }

    /** Returns RotaryEmbedding: (x1, x2) becomes (cos x1 - sin x2, sin x1 + cos x2). */
    static Operator rotary(NodeAttributes settings) {
        boolean interleaved = settings.flag("interleaved");
        long heads = settings.integer("num_heads", 0);
        long rotated = settings.integer("rotary_embedding_dim", 0);
        return Operator.single(call -> {
            NDArray x = call.rank() == 4 ? call.x().transpose(0, 2, 1, 3) : split(call.x(), heads);
            long[] dims = HostTensors.dims(x); // [N, length, heads, size]
            long size = rotated == 0 ? dims[3] : rotated;
            NDArray cos = turns(call, 1);
            NDArray sin = turns(call, 2);
            NDArray first = interleaved ? Slicing.along(x, 3, 0, size, 2) : Slicing.along(x, 3, 0, size / 2, 1);
            NDArray second = interleaved ? Slicing.along(x, 3, 1, size, 2) : Slicing.along(x, 3, size / 2, size, 1);
            NDArray real = cos.mul(first).sub(sin.mul(second));
            NDArray imaginary = sin.mul(first).add(cos.mul(second));
            NDArray turned = interleaved
                    ? OperatorInputs.reshaped(
                            real.expandDims(4).concat(imaginary.expandDims(4), 4), dims[0], dims[1], dims[2], size)
                    : real.concat(imaginary, 3);
            NDArray whole = size == dims[3] ? turned : turned.concat(Slicing.along(x, 3, size, dims[3], 1), 3);
            return call.rank() == 4 ? whole.transpose(0, 2, 1, 3) : OperatorInputs.reshaped(whole, call.dims(0));
        });
    }

    private static NDArray split(NDArray x, long heads) {
        long[] dims = HostTensors.dims(x);
        return OperatorInputs.reshaped(x, dims[0], dims[1], heads, dims[2] / Math.max(1, heads));
    }

    /** Returns the cosines or sines as [N, length, 1, size / 2]. */
    private static NDArray turns(OperatorInputs call, int input) {
        NDArray cache = call.array(input);
        NDArray each = call.has(3) ? IndexingOperators.along(cache, 0, call.array(3)) : cache;
        if (each.getShape().dimension() != 3) {
            throw new IllegalArgumentException(
                    "Cosines and sines must have three axes, not " + Arrays.toString(HostTensors.dims(each)) + ".");
        }
        return each.expandDims(2);
    }
}
