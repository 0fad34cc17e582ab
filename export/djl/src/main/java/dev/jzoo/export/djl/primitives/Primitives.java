package dev.jzoo.export.djl.primitives;

import java.util.HashMap;
import java.util.Map;

/** The ONNX form of each primitive of DJL, by the name of its method. */
public final class Primitives {

    /** Adds the nodes that equal one call of a primitive. */
    @FunctionalInterface
    interface Emitter {
        void emit(StepContext call);
    }

    private static final Map<String, Emitter> TABLE = new HashMap<>();

    static {
        ArithmeticPrimitives.addTo(TABLE);
        FunctionPrimitives.addTo(TABLE);
        ActivationPrimitives.addTo(TABLE);
        ShapePrimitives.addTo(TABLE);
        JoinPrimitives.addTo(TABLE);
        SelectionPrimitives.addTo(TABLE);
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
     * @throws StepContext.UnsupportedStepException where it has no ONNX form
     */
    public static void emit(String primitive, StepContext call) {
        Emitter emitter = TABLE.get(primitive);
        if (emitter == null) {
            throw new StepContext.UnsupportedStepException(
                    "no ONNX form is known for the primitive '" + primitive + "'");
        }
        emitter.emit(call);
    }
}
