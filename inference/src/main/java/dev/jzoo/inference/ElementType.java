package dev.jzoo.inference;

import ai.onnxruntime.TensorInfo;
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
    /** 16 bits, signed; of ports only: their tensors are {@link #INT32}. */
    INT16,
    /** 16 bits, unsigned; of outputs only: their tensors are {@link #INT32}. */
    UINT16,
    /** 32 bits, unsigned; of outputs only: their tensors are {@link #INT64}. */
    UINT32,
    /** 64 bits, unsigned; of outputs only: their tensors are {@link #INT64}, and values beyond it are refused. */
    UINT64,
    /** 32 bits, signed. */
    INT32,
    /** 64 bits, signed. */
    INT64,
    /** True or false. */
    BOOL,
    /** Text. */
    STRING,
    /** Of ports only: what JZoo cannot carry, such as a sequence, a map or floats of 8 bits. */
    OTHER;

    /** The type of the tensors that a port of this type takes and gives. */
    public ElementType carrier() {
        return switch (this) {
            case FLOAT16, BFLOAT16 -> FLOAT;
            case INT16, UINT16 -> INT32;
            case UINT32, UINT64 -> INT64;
            default -> this;
        };
    }

    /** Whether ONNX Runtime's Java binding can make tensors of this type; it has none of unsigned integers above 8 bits. */
    boolean canBeGiven() {
        return this != UINT16 && this != UINT32 && this != UINT64 && this != OTHER;
    }

    /** The type by ONNX Runtime's native name: its Java types do not tell signed from unsigned. */
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

    /** The name as ONNX writes it: "float". */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
