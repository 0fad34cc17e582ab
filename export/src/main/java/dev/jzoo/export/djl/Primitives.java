package dev.jzoo.export.djl;

import java.util.HashMap;
import java.util.Map;

/** The ONNX form of each primitive of DJL, by the name of its method. */
final class Primitives {

    /** Adds the nodes that equal one call of a primitive. */
    @FunctionalInterface
    interface Emitter {
        void emit(Call call);
    }

    private static final Map<String, Emitter> TABLE = new HashMap<>();

    static {
        ElementwisePrimitives.addTo(TABLE);
        ShapePrimitives.addTo(TABLE);
        LayerPrimitives.addTo(TABLE);
        TABLE.put("lstm", new LstmPrimitive());
    }

    private Primitives() {}

    static boolean known(String primitive) {
        return TABLE.containsKey(primitive);
    }

    static void emit(String primitive, Call call) {
        Emitter emitter = TABLE.get(primitive);
        if (emitter == null) {
            throw new Call.Unsupported("no ONNX form is known for the primitive '" + primitive + "'");
        }
        emitter.emit(call);
    }
}
