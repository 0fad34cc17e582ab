package dev.jzoo.export.djl.primitives;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The table of ONNX forms for DJL's primitives, by the name of the method. */
public final class Primitives {

    /** The ONNX form of a primitive: adds the nodes that compute a call of it. */
    @FunctionalInterface
    interface Emitter {
        void emit(StepContext call);
    }

    private static final Map<String, Emitter> TABLE = new HashMap<>();

    /** Primitives that become several operators, whose rounding errors would add up in half precision. */
    private static final Set<String> COMPOSED =
            Set.of("atan2", "gelu", "mish", "lpPool", "globalLpPool", "interpolation", "resize");

    /**
     * Primitives whose operators ONNX Runtime 1.28 does not compute in double precision on a CPU. It has a Sigmoid, but
     * fuses the Sigmoid of a swish into an operator that it lacks.
     */
    private static final Set<String> NOT_IN_DOUBLE = Set.of(
            "convolution",
            "avgPool",
            "globalAvgPool",
            "globalMaxPool",
            "lstm",
            "gru",
            "rnn",
            "elu",
            "selu",
            "sigmoid",
            "softPlus",
            "softSign",
            "erf",
            "cos",
            "tan",
            "asin",
            "acos",
            "atan",
            "sinh",
            "cosh");

    static {
        ArithmeticPrimitives.addTo(TABLE);
        FunctionPrimitives.addTo(TABLE);
        ActivationPrimitives.addTo(TABLE);
        ShapePrimitives.addTo(TABLE);
        JoinPrimitives.addTo(TABLE);
        SelectionPrimitives.addTo(TABLE);
        AssignmentPrimitives.addTo(TABLE);
        OrderPrimitives.addTo(TABLE);
        ReductionPrimitives.addTo(TABLE);
        LayerPrimitives.addTo(TABLE);
        PoolingPrimitives.addTo(TABLE);
        ResizePrimitives.addTo(TABLE);
        RecurrentPrimitives.addTo(TABLE);
        RefusedPrimitives.addTo(TABLE);
    }

    private Primitives() {}

    /**
     * Adds the nodes of a step.
     *
     * @throws StepContext.UnsupportedStepException if it has no ONNX form
     */
    public static void emit(String primitive, StepContext call) {
        Emitter emitter = TABLE.get(primitive);
        if (emitter == null) {
            throw new StepContext.UnsupportedStepException(
                    "no ONNX form is known for the primitive '" + primitive + "'");
        }
        emitter.emit(isSingle(primitive, call) ? call.inSinglePrecision() : call);
    }

    private static boolean isSingle(String primitive, StepContext call) {
        if (call.results() == 0) {
            return false;
        }
        return switch (call.resultType()) {
            case DOUBLE -> COMPOSED.contains(primitive) || NOT_IN_DOUBLE.contains(primitive);
            case FLOAT16 -> COMPOSED.contains(primitive);
            default -> false;
        };
    }
}
