package dev.jzoo.onnx;

import java.util.Arrays;

/** The type of a tensor's elements, with its code in ONNX (TensorProto.DataType) and its width. */
public enum DataType {
    /** Not declared. Only ports and inner values have this type. */
    UNDEFINED(0, 0),
    FLOAT(1, 32),
    UINT8(2, 8),
    INT8(3, 8),
    UINT16(4, 16),
    INT16(5, 16),
    INT32(6, 32),
    INT64(7, 64),
    STRING(8, 0),
    BOOL(9, 8),
    FLOAT16(10, 16),
    DOUBLE(11, 64),
    UINT32(12, 32),
    UINT64(13, 64),
    COMPLEX64(14, 64),
    COMPLEX128(15, 128),
    BFLOAT16(16, 16),
    FLOAT8E4M3FN(17, 8),
    FLOAT8E4M3FNUZ(18, 8),
    FLOAT8E5M2(19, 8),
    FLOAT8E5M2FNUZ(20, 8),
    UINT4(21, 4),
    INT4(22, 4),
    FLOAT4E2M1(23, 4),
    FLOAT8E8M0(24, 8),
    UINT2(25, 2),
    INT2(26, 2);

    private final int code;
    private final int bits;

    DataType(int code, int bits) {
        this.code = code;
        this.bits = bits;
    }

    /** Returns the type with this code. Fails with IllegalArgumentException for a code that JZoo does not know. */
    public static DataType of(int code) {
        return Arrays.stream(values())
                .filter(type -> type.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("element type " + code + " is not supported"));
    }

    /** Returns the code in TensorProto.DataType. */
    public int code() {
        return code;
    }

    /** Returns the bits of an element; several elements may share a byte. 0 for strings, which have no fixed width. */
    public int bits() {
        return bits;
    }

    /** Returns the bytes of an element; 0 for strings and for types with several elements per byte. */
    public int bytes() {
        return bits / Byte.SIZE;
    }

    /** Returns whether this is a floating-point type for computations, not only for storage. */
    public boolean isFloating() {
        return this == FLOAT || this == DOUBLE || this == FLOAT16 || this == BFLOAT16;
    }

    /** Returns whether weights are stored in this type: floating point of any width, or integers of at most 8 bits. */
    boolean isOfWeights() {
        return isFloating() || bits > 0 && bits <= Byte.SIZE && this != BOOL;
    }
}
