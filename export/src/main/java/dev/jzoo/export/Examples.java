package dev.jzoo.export;

import dev.jzoo.export.onnx.DataType;
import dev.jzoo.export.onnx.Dim;
import dev.jzoo.export.onnx.ValueInfo;
import dev.jzoo.inference.Tensor;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToLongFunction;

/** Random inputs. */
final class Examples {

    private Examples() {}

    /** Normal deviates for real numbers, 0 and 1 for whole ones, any byte for pixels. */
    static Tensor of(ValueInfo input, ToLongFunction<Dim> sizes, Random random) {
        long[] shape = input.shape().stream().mapToLong(sizes).toArray();
        int size = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        DataType type = input.type();
        if (type == DataType.UINT8) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            return Tensor.ofBytes(bytes, shape);
        } else if (type == DataType.INT64) {
            return Tensor.ofLongs(random.longs(size, 0, 2).toArray(), shape);
        } else if (type == DataType.INT32) {
            return Tensor.ofInts(random.ints(size, 0, 2).toArray(), shape);
        } else if (type == DataType.DOUBLE) {
            return Tensor.ofDoubles(random.doubles(size).toArray(), shape);
        } else if (type == DataType.FLOAT) {
            float[] floats = new float[size];
            for (int i = 0; i < size; i++) {
                floats[i] = (float) random.nextGaussian();
            }
            return Tensor.of(floats, shape);
        }
        throw new IllegalArgumentException("Input '" + input.name() + "': no random values of " + type + ".");
    }
}
