package dev.jzoo.onnx;

/** A 16-bit floating-point format, binary16 of IEEE 754: 11 significant bits, from 6e-8 to 65,504. */
public final class Half {

    /** Smallest number of values for which half the bytes are worth an additional node. */
    public static final int LARGE = 1024;

    private static final int SMALLEST_NORMAL = 0x38800000; // 2^-14
    private static final int TOO_LARGE = 0x47800000; // 2^16
    private static final int INFINITY = 0x7f800000;
    /** Difference between the exponent biases of float and half, as bits of a float. */
    private static final int EXPONENTS = 112 << 23;

    private Half() {}

    /** Returns the bits of the nearest half, or the even one of two; infinite from 65,520 on. */
    public static short of(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (magnitude > INFINITY) {
            return (short) (sign | 0x7e00);
        } else if (magnitude >= TOO_LARGE) {
            return (short) (sign | 0x7c00);
        } else if (magnitude < SMALLEST_NORMAL) {
            // The last bit of 0.5 and what follows is the last bit of the smallest halves, so that the sum is rounded
            // there.
            float rounded = Float.intBitsToFloat(magnitude) + 0.5f;
            return (short) (sign | Float.floatToRawIntBits(rounded) - Float.floatToRawIntBits(0.5f));
        }
        int rounded = magnitude - EXPONENTS + 0xfff + (magnitude >>> 13 & 1);
        return (short) (sign | rounded >>> 13);
    }

    /** Returns the exact value of a half. */
    public static float toFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int magnitude = half & 0x7fff;
        if (magnitude >= 0x7c00) {
            return Float.intBitsToFloat(sign | INFINITY | (magnitude & 0x3ff) << 13);
        } else if (magnitude < 0x400) {
            return Math.copySign(magnitude * 0x1p-24f, Float.intBitsToFloat(sign));
        }
        return Float.intBitsToFloat(sign | (magnitude << 13) + EXPONENTS);
    }

    /** Returns the nearest value that a half can represent. */
    public static float rounded(float value) {
        return toFloat(of(value));
    }

    /** Returns, for each value, the nearest value that a half can represent. */
    public static float[] rounded(float[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = rounded(values[i]);
        }
        return rounded;
    }
}
