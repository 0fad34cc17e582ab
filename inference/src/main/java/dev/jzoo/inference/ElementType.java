package dev.jzoo.inference;

import ai.onnxruntime.TensorInfo;
import java.util.Locale;

/** The type of a tensor's elements. {@link #toString()} returns ONNX's name, which is in lower case. */
public enum ElementType {
    /** IEEE 754, 32 bits. */
    FLOAT,
    /** IEEE 754, 64 bits. */
    DOUBLE,
    /** IEEE 754, 16 bits. Only ports have this type; their tensors are {@link #FLOAT} and are converted. */
    FLOAT16,
    /** The upper 16 bits of a FLOAT. Only ports have this type; their tensors are {@link #FLOAT} and are converted. */
    BFLOAT16,
    /** -128 to 127. */
    INT8,
    /** 0 to 255. In Java a {@code byte}; read it with {@link Byte#toUnsignedInt}. */
    UINT8,
    /** 16 bits, signed. Only ports have this type; their tensors are {@link #INT32}. */
    INT16,
    /** 16 bits, unsigned. Only outputs have this type; their tensors are {@link #INT32}. */
    UINT16,
    /** 32 bits, unsigned. Only outputs have this type; their tensors are {@link #INT64}. */
    UINT32,
    /** 64 bits, unsigned. Only outputs have this type; their tensors are {@link #INT64}, and larger values are rejected. */
    UINT64,
    /** 32 bits, signed. */
    INT32,
    /** 64 bits, signed. */
    INT64,
    /** True or false. */
    BOOL,
    /** Text. */
    STRING,
    /** A type that JZoo's tensors do not support, such as a sequence, a map or 8-bit floats. Only ports have this type. */
    OTHER;

    /** Returns the type of the tensors that a port of this type accepts and returns. */
    public ElementType carrier() {
        return switch (this) {
            case FLOAT16, BFLOAT16 -> FLOAT;
            case INT16, UINT16 -> INT32;
            case UINT32, UINT64 -> INT64;
            default -> this;
        };
    }

    /**
     * Returns whether ONNX Runtime's Java binding can create tensors of this type. It cannot for unsigned integers above 8
     * bits.
     */
    boolean canBeGiven() {
        return this != UINT16 && this != UINT32 && this != UINT64 && this != OTHER;
    }

    /** Returns the type by ONNX Runtime's native name. Its Java types do not distinguish signed from unsigned. */
    static ElementType of(TensorInfo tensor) {
        return switch (tensor.onnxType) {
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> FLOAT;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> DOUBLE;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16 -> FLOAT16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16 -> BFLOAT16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> INT8;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> UINT8;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> INT16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16 -> UINT16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> INT32;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32 -> UINT32;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> INT64;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64 -> UINT64;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> BOOL;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING -> STRING;
            default -> OTHER;
        };
    }

    /** Returns ONNX's name: "float". */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
