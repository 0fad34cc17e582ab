package dev.jzoo.export.dl4j.keras.emission;

import dev.jzoo.export.dl4j.keras.emission.ModelEmission.KerasEmitter;
import dev.jzoo.export.dl4j.keras.model.LayerSettings;
import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.GraphBuilder.NodeBuilder;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * SimpleRNN, LSTM and GRU: one ONNX node, which always runs forward and ignores masks. Direction and masks are handled
 * around it.
 */
final class KerasRecurrence {

    /**
     * The order of the gates: ONNX has input, output, forget, candidate; Keras has input, forget, candidate, output.
     */
    private static final int[] LSTM_GATES = {0, 3, 1, 2};

    private static final int[] GRU_GATES = {0, 1, 2};
    private static final int[] RNN_GATES = {0};

    private KerasRecurrence() {}

    static void addTo(Map<String, KerasEmitter> emitters) {
        for (String cell : List.of("SimpleRNN", "LSTM", "GRU")) {
            emitters.put(cell, layer -> emit(layer, false));
        }
    }

    /**
     * Writes a layer with the mask of its input.
     *
     * @param zeros whether a masked step's result is 0, as in a Bidirectional; otherwise it repeats the previous result
     */
    static EmittedValue emit(EmittedLayer layer, boolean zeros) {
        layer.requireRank(3, 3);
        LayerSettings settings = layer.settings();
        EmittedValue x = layer.input();
        boolean all = settings.flag("return_sequences", false);
        boolean backwards = settings.flag("go_backwards", false);
        int units = settings.integer("units", 0);
        String steps = backwards ? reversed(layer, x.tensor()) : x.tensor();
        String mask = x.isMasked() && backwards ? reversed(layer, x.mask()) : x.mask();
        String y = mask.isEmpty()
                ? cell(layer, steps, units, all)
                : new MaskedSteps(layer, mask).around(steps, all, zeros, packed -> cell(layer, packed, units, true));
        List<Dimension> shape = all
                ? List.of(x.shape().get(0), x.shape().get(1), Dimension.of(units))
                : List.of(x.shape().get(0), Dimension.of(units));
        return new EmittedValue(y, shape, all ? x.mask() : "");
    }

    /** Returns [N, T] or [N, T, F] with the last step first. */
    static String reversed(EmittedLayer layer, String tensor) {
        return layer.op(
                        "Slice",
                        tensor,
                        layer.integers(-1),
                        layer.integers(Long.MIN_VALUE + 1),
                        layer.integers(1),
                        layer.integers(-1))
                .emit();
    }

    /** Emits the cell from [N, T, in] to [N, T, units], or to [N, units] for the last step. */
    private static String cell(EmittedLayer layer, String steps, int units, boolean all) {
        String operator = layer.layer().className().equals("SimpleRNN")
                ? "RNN"
                : layer.layer().className();
        int[] gates = operator.equals("LSTM") ? LSTM_GATES : operator.equals("GRU") ? GRU_GATES : RNN_GATES;
        int in = layer.fixed(2);
        boolean resetsAfter = operator.equals("GRU") && layer.settings().flag("reset_after", false);
        NodeBuilder node = layer.op(
                        operator,
                        layer.transpose(steps, 1, 0, 2),
                        rows(layer, "kernel", gates, in, units),
                        rows(layer, "recurrent_kernel", gates, units, units),
                        bias(layer, gates, units, resetsAfter))
                .integer("hidden_size", units)
                .attribute("activations", new Attribute.TextList(functions(layer, operator)));
        settings(layer, operator, node);
        if (operator.equals("GRU")) {
            node.integer("linear_before_reset", resetsAfter ? 1 : 0);
        }
        List<String> results = node.emit(2);
        return all
                ? layer.transpose(
                        layer.op("Squeeze", results.get(0), layer.integers(1)).emit(), 1, 0, 2)
                : layer.op("Squeeze", results.get(1), layer.integers(0)).emit();
    }

    /** Converts Keras's columns [in, gate, unit] to ONNX's rows [1, gate, unit, in]. */
    private static String rows(EmittedLayer layer, String role, int[] gates, int in, int units) {
        int columns = gates.length * units;
        IntUnaryOperator source = i -> {
            int row = i / in;
            return i % in * columns + gates[row / units] * units + row % units;
        };
        return layer.write(role, layer.layer().weight(role, in, columns), source, 1, columns, in);
    }

    /**
     * Returns the biases of the input, then those of the state, which are 0 except in a GRU that resets after the
     * multiplication.
     */
    private static String bias(EmittedLayer layer, int[] gates, int units, boolean resetsAfter) {
        if (!layer.settings().flag("use_bias", true)) {
            return "";
        }
        int columns = gates.length * units;
        int[] dims = resetsAfter ? new int[] {2, columns} : new int[] {columns};
        IntUnaryOperator source = i -> i >= columns && !resetsAfter
                ? -1
                : i / columns * columns + gates[i % columns / units] * units + i % units;
        return layer.write("bias", layer.layer().weight("bias", dims), source, 1, 2L * columns);
    }

    private static List<String> names(EmittedLayer layer, String operator) {
        String activation = layer.settings().text("activation", "");
        if (operator.equals("RNN")) {
            return List.of(activation);
        }
        String gate = layer.settings().text("recurrent_activation", "");
        return operator.equals("LSTM") ? List.of(gate, activation, activation) : List.of(gate, activation);
    }

    private static List<String> functions(EmittedLayer layer, String operator) {
        return names(layer, operator).stream()
                .map(name -> switch (name) {
                    case "linear" -> "Affine";
                    case "hard_sigmoid" -> "HardSigmoid";
                    default -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
                })
                .toList();
    }

    /**
     * Sets alpha and beta of the functions that have them. An RNN has one of each for its only function, used or not,
     * because ONNX Runtime reads it.
     */
    private static void settings(EmittedLayer layer, String operator, NodeBuilder node) {
        boolean padded = operator.equals("RNN");
        List<Float> alphas = names(layer, operator).stream()
                .filter(name ->
                        padded || List.of("linear", "hard_sigmoid", "elu").contains(name))
                .map(name -> name.equals("hard_sigmoid") ? 0.2f : 1f)
                .toList();
        List<Float> betas = names(layer, operator).stream()
                .filter(name -> padded || List.of("linear", "hard_sigmoid").contains(name))
                .map(name -> name.equals("hard_sigmoid") ? 0.5f : 0f)
                .toList();
        if (!alphas.isEmpty()) {
            node.attribute("activation_alpha", new Attribute.Reals(alphas));
        }
        if (!betas.isEmpty()) {
            node.attribute("activation_beta", new Attribute.Reals(betas));
        }
    }
}
