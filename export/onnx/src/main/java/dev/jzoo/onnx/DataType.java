package dev.jzoo.onnx;

import java.util.Arrays;

/** Type of a tensor's elements, with its code in ONNX (TensorProto.DataType) and its width. */
public enum DataType {
    FLOAT(1, 4),
    UINT8(2, 1),
    INT8(3, 1),
    UINT16(4, 2),
    INT16(5, 2),
    INT32(6, 4),
    INT64(7, 8),
    STRING(8, 0),
    BOOL(9, 1),
    FLOAT16(10, 2),
    DOUBLE(11, 8),
    UINT32(12, 4),
    UINT64(13, 8),
    BFLOAT16(16, 2);

    private final int code;
    private final int bytes;

    DataType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** The type with that code. Fails with IllegalArgumentException for one that JZoo does not read. */
    public static DataType of(int code) {
        return Arrays.stream(values())
                .filter(type -> type.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("element type " + code + " is not supported"));
    }

    /** Code in TensorProto.DataType. */
    public int code() {
        return code;
    }

    /** Bytes of an element; 0 for strings, which have no fixed width. */
    public int bytes() {
        return bytes;
    }

    /** Whether values are real numbers in floating point. */
    public boolean isFloating() {
        return this == FLOAT || this == DOUBLE || this == FLOAT16 || this == BFLOAT16;
    }
}
