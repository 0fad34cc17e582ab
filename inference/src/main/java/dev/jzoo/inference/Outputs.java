package dev.jzoo.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import dev.jzoo.zoo.error.JZooException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A conversion of ONNX Runtime's outputs to plain values. */
final class Outputs {

    private Outputs() {}

    /** Copies an output. The output stays open. */
    static Tensor tensor(OnnxValue output) throws OrtException {
        OnnxTensor value = (OnnxTensor) output;
        ElementType type = ElementType.of(value.getInfo());
        // each buffer is a new heap copy without other owners, so its array can be used directly
        Object elements =
                switch (type) {
                    case FLOAT -> value.getFloatBuffer().array();
                    case FLOAT16, BFLOAT16 -> converted(value.getFloatBuffer());
                    case DOUBLE -> value.getDoubleBuffer().array();
                    case INT32 -> value.getIntBuffer().array();
                    case INT64 -> value.getLongBuffer().array();
                    case UINT8, INT8 -> value.getByteBuffer().array();
                    case BOOL -> booleans(value.getByteBuffer());
                    case STRING -> TextBridge.repaired(value, strings(value.getValue()));
                    case INT16 -> widened(value.getShortBuffer(), i -> i);
                    case UINT16 -> widened(value.getShortBuffer(), Short::toUnsignedInt);
                    case UINT32 -> unsigned(value.getIntBuffer());
                    case UINT64 -> unsigned(value.getLongBuffer());
                    case OTHER -> throw new IllegalStateException("An output of another type passed the check.");
                };
        return Tensor.adopt(type.carrier(), elements, value.getInfo().getShape());
    }

    /** Copies 16-bit floats, which arrive converted in a direct buffer without an array. */
    private static float[] converted(FloatBuffer buffer) {
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    /** The meaning of a 16-bit integer. */
    private interface Widening {
        int of(short bits);
    }

    private static int[] widened(ShortBuffer buffer, Widening meaning) {
        int[] values = new int[buffer.remaining()];
        Arrays.setAll(values, i -> meaning.of(buffer.get(i)));
        return values;
    }

    private static long[] unsigned(IntBuffer buffer) {
        long[] values = new long[buffer.remaining()];
        Arrays.setAll(values, i -> Integer.toUnsignedLong(buffer.get(i)));
        return values;
    }

    private static long[] unsigned(LongBuffer buffer) {
        long[] values = new long[buffer.remaining()];
        for (int i = 0; i < values.length; i++) {
            values[i] = buffer.get(i);
            if (values[i] < 0) {
                throw new JZooException(
                        JZooException.Code.BAD_INPUT,
                        "Element " + i + " of a uint64 output is " + Long.toUnsignedString(values[i])
                                + "; JZoo's tensors hold at most " + Long.MAX_VALUE + ".",
                        "Cast the output to double in the graph.");
            }
        }
        return values;
    }

    private static boolean[] booleans(ByteBuffer bytes) {
        boolean[] values = new boolean[bytes.remaining()];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes.get(i) != 0;
        }
        return values;
    }

    static String[] strings(Object nested) {
        List<String> flat = new ArrayList<>();
        flatten(nested, flat);
        return flat.toArray(String[]::new);
    }

    private static void flatten(Object nested, List<String> into) {
        if (nested instanceof Object[] array) {
            for (Object element : array) {
                flatten(element, into);
            }
        } else {
            into.add((String) nested);
        }
    }
}
