package dev.jzoo.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** What ONNX Runtime computed, as plain values. */
final class Outputs {

    private Outputs() {}

    /** Copies an output, which stays open. */
    static Tensor tensor(OnnxValue output) throws OrtException {
        OnnxTensor value = (OnnxTensor) output;
        ElementType type = ElementType.of(value.getInfo().type);
        // each buffer is a fresh heap copy that nobody else holds, so that its array can be taken as it is
        Object elements =
                switch (type) {
                    case FLOAT -> value.getFloatBuffer().array();
                    case FLOAT16, BFLOAT16 -> converted(value.getFloatBuffer());
                    case DOUBLE -> value.getDoubleBuffer().array();
                    case INT32 -> value.getIntBuffer().array();
                    case INT64 -> value.getLongBuffer().array();
                    case UINT8, INT8 -> value.getByteBuffer().array();
                    case BOOL -> booleans(value.getByteBuffer());
                    case STRING -> strings(value.getValue());
                    case OTHER -> throw new IllegalStateException("An output of another type passed the check.");
                };
        return Tensor.adopt(type.carrier(), elements, value.getInfo().getShape());
    }

    /** Sixteen-bit floats come converted in a direct buffer, which has no array. */
    private static float[] converted(FloatBuffer buffer) {
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private static boolean[] booleans(ByteBuffer bytes) {
        boolean[] values = new boolean[bytes.remaining()];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes.get(i) != 0;
        }
        return values;
    }

    private static String[] strings(Object nested) {
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
