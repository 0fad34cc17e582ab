package dev.jzoo.export.dl4j.keras.emission;

import dev.jzoo.export.dl4j.keras.emission.ModelEmission.KerasEmitter;
import dev.jzoo.export.dl4j.keras.model.LayerSettings;
import java.util.Map;

/** Activation functions, and the layers that consist only of one. */
final class KerasActivations {

    private KerasActivations() {}

    static void addTo(Map<String, KerasEmitter> emitters) {
        emitters.put(
                "Activation",
                layer -> layer.same(emit(layer, "activation", layer.input().tensor())));
        emitters.put(
                "LeakyReLU",
                layer -> layer.same(layer.op("LeakyRelu", layer.input().tensor())
                        .real("alpha", layer.settings().real("alpha", 0.3))
                        .emit()));
        emitters.put(
                "ELU",
                layer -> layer.same(layer.op("Elu", layer.input().tensor())
                        .real("alpha", layer.settings().real("alpha", 1))
                        .emit()));
        emitters.put(
                "ThresholdedReLU",
                layer -> layer.same(layer.op("ThresholdedRelu", layer.input().tensor())
                        .real("alpha", layer.settings().real("theta", 1))
                        .emit()));
        emitters.put("ReLU", KerasActivations::relu);
        emitters.put("Softmax", KerasActivations::softmax);
        emitters.put("PReLU", KerasActivations::prelu);
    }

    /** Emits the function that a setting names. */
    static String emit(EmittedLayer layer, String key, String x) {
        String name = layer.settings().text(key, "linear");
        return switch (name) {
            case "linear" -> x;
            case "relu" -> layer.op("Relu", x).emit();
            case "relu6" -> clip(layer, x, 0, 6);
            case "sigmoid" -> layer.op("Sigmoid", x).emit();
            case "tanh" -> layer.op("Tanh", x).emit();
            case "softmax" -> layer.op("Softmax", x).integer("axis", -1).emit();
            case "softplus" -> layer.op("Softplus", x).emit();
            case "softsign" -> layer.op("Softsign", x).emit();
            case "elu" -> layer.op("Elu", x).real("alpha", 1).emit();
            case "selu" ->
                layer.op("Selu", x)
                        .real("alpha", 1.6732632423543772)
                        .real("gamma", 1.0507009873554805)
                        .emit();
            case "exponential" -> layer.op("Exp", x).emit();
            case "hard_sigmoid" ->
                layer.op("HardSigmoid", x).real("alpha", 0.2).real("beta", 0.5).emit();
            case "swish", "silu" ->
                layer.op("Mul", x, layer.op("Sigmoid", x).emit()).emit();
            case "gelu" -> layer.op("Gelu", x).emit();
            case "mish" -> layer.op("Mish", x).emit();
            default -> throw layer.unsupported("the activation " + name + " has no ONNX form");
        };
    }

    /** Returns whether the function works on each element separately, so that the layout does not matter. */
    static boolean isElementwise(EmittedLayer layer) {
        return !layer.settings().text("activation", "linear").equals("softmax");
    }

    private static String clip(EmittedLayer layer, String x, float least, float most) {
        return layer.op("Clip", x, layer.graph().constant(least), layer.graph().constant(most))
                .emit();
    }

    /** Emits max_value from max_value on, x from threshold on, and negative_slope * (x - threshold) below it. */
    private static EmittedValue relu(EmittedLayer layer) {
        LayerSettings settings = layer.settings();
        String x = layer.input().tensor();
        float slope = (float) settings.real("negative_slope", 0);
        float threshold = (float) settings.real("threshold", 0);
        float most = (float) settings.real("max_value", Float.POSITIVE_INFINITY);
        if (threshold < 0 || most < threshold) {
            throw layer.unsupported(
                    "expected 0 <= threshold <= max_value, found threshold " + threshold + " and max_value " + most);
        }
        if (slope == 0 && threshold == 0) {
            return layer.same(
                    most == Float.POSITIVE_INFINITY ? layer.op("Relu", x).emit() : clip(layer, x, 0, most));
        }
        String limit = layer.graph().constant(threshold);
        String below = layer.op(
                        "Mul", layer.op("Sub", x, limit).emit(), layer.graph().constant(slope))
                .emit();
        String result =
                layer.op("Where", layer.op("Less", x, limit).emit(), below, x).emit();
        return layer.same(
                most == Float.POSITIVE_INFINITY
                        ? result
                        : layer.op("Min", result, layer.graph().constant(most)).emit());
    }

    private static EmittedValue softmax(EmittedLayer layer) {
        if (layer.input().isMasked()) {
            throw layer.unsupported(
                    "a softmax of a masked sequence is not supported, because Keras's result depends on its"
                            + " version");
        }
        int axis = layer.axis(layer.settings().integer("axis", -1));
        return layer.same(layer.op("Softmax", layer.input().tensor())
                .integer("axis", axis)
                .emit());
    }

    /** Emits PReLU, with one slope for each element of an example, and a single slope along shared axes. */
    private static EmittedValue prelu(EmittedLayer layer) {
        EmittedValue x = layer.input();
        int[] shared = layer.settings().integers("shared_axes", 0, 0);
        int[] dims = new int[x.rank() - 1];
        for (int axis = 1; axis <= dims.length; axis++) {
            dims[axis - 1] = -1;
            for (int other : shared) {
                if (other < 1 || other >= x.rank()) {
                    throw layer.unsupported(
                            "the shared axis " + other + " does not exist in an input with " + x.rank() + " axes");
                }
                dims[axis - 1] = other == axis ? 1 : dims[axis - 1];
            }
            dims[axis - 1] = dims[axis - 1] == 1 ? 1 : layer.fixed(axis);
        }
        return layer.same(
                layer.op("PRelu", x.tensor(), layer.weight("alpha", dims)).emit());
    }
}
