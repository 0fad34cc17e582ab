package dev.jzoo.finetune.base;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;

/** The precision of a network's arithmetic: the coarsest of any node. */
public enum ComputingPrecision {
    /** 24 significant bits or more. */
    SINGLE(1e-4),
    /** 11 significant bits; a few consecutive roundings amount to a hundredth. */
    HALF(1e-2),
    /** 8 bits; a value at the border of two steps may be rounded to either. */
    QUANTISED(2e-2);

    private final double tolerance;

    ComputingPrecision(double tolerance) {
        this.tolerance = tolerance;
    }

    /** Returns the largest allowed difference between two computations of a value of about 1. */
    public double tolerance() {
        return tolerance;
    }

    /** Returns the precision of a graph. */
    public static ComputingPrecision of(Graph graph) {
        boolean half = graph.inputs().stream().anyMatch(input -> input.type() == DataType.FLOAT16);
        for (Node node : graph.nodes()) {
            if (node.opType().contains("Quantize") || node.opType().startsWith("QLinear")) {
                return QUANTISED;
            }
            half |= node.opType().equals("Cast")
                    && node.attributes().get("to") instanceof Attribute.Int to
                    && to.value() == DataType.FLOAT16.code();
        }
        return half ? HALF : SINGLE;
    }
}
