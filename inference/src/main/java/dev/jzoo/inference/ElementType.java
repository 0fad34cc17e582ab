package dev.jzoo.inference;

import ai.onnxruntime.OnnxJavaType;
import java.util.Locale;

/** What the elements of a tensor are. The names are those of ONNX, in lower case. */
public enum ElementType {
    /** IEEE 754, 32 bits. */
    FLOAT,
    /** IEEE 754, 64 bits. */
    DOUBLE,
    /** IEEE 754, 16 bits; of ports only: their tensors are {@link #FLOAT} and converted on the way. */
    FLOAT16,
    /** The upper half of a FLOAT; of ports only: their tensors are {@link #FLOAT} and converted on the way. */
    BFLOAT16,
    /** -128 to 127. */
    INT8,
    /** 0 to 255, in Java a {@code byte} to be read with {@link Byte#toUnsignedInt}. */
    UINT8,
    /** 32 bits, signed. */
    INT32,
    /** 64 bits, signed. */
    INT64,
    /** True or false. */
    BOOL,
    /** Text. */
    STRING,
    /** Of ports only: what JZoo cannot carry, such as a sequence, a map or 16-bit integers. */
    OTHER;

    /** The type of the tensors that a port of this type takes and gives. */
    public ElementType carrier() {
        return this == FLOAT16 || this == BFLOAT16 ? FLOAT : this;
    }

    static ElementType of(OnnxJavaType type) {
        return switch (type) {
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case FLOAT16 -> FLOAT16;
            case BFLOAT16 -> BFLOAT16;
            case INT8 -> INT8;
            case UINT8 -> UINT8;
            case INT32 -> INT32;
            case INT64 -> INT64;
            case BOOL -> BOOL;
            case STRING -> STRING;
            case INT16, UNKNOWN -> OTHER;
        };
    }

    /** The name as ONNX writes it: "float". */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
