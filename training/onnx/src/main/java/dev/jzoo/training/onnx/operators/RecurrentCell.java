package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.jzoo.onnx.Attribute;
import java.util.ArrayList;
import java.util.List;

/**
 * The computation of a recurrent node at one step. Gates are in ONNX's order: input, output, forget, cell for an LSTM;
 * update, reset, hidden for a GRU.
 *
 * @param opType LSTM, GRU or RNN
 * @param functions activations, first of one direction, then of the other
 * @param clip limit of the activations' inputs; infinite for none
 * @param resetAfter whether a GRU multiplies with the recurrent weights before it resets (linear_before_reset)
 * @param coupled whether an LSTM's forget gate is 1 minus its input gate (input_forget)
 */
record RecurrentCell(
        String opType, List<RecurrentFunction> functions, double clip, boolean resetAfter, boolean coupled) {

    static RecurrentCell of(NodeAttributes settings) {
        String opType = settings.node().opType();
        List<String> standard =
                switch (opType) {
                    case "LSTM" -> List.of("Sigmoid", "Tanh", "Tanh");
                    case "GRU" -> List.of("Sigmoid", "Tanh");
                    default -> List.of("Tanh");
                };
        boolean both = settings.text("direction", "forward").equals("bidirectional");
        List<String> names = new ArrayList<>();
        if (settings.node().attributes().get("activations") instanceof Attribute.TextList given) {
            names.addAll(given.values());
        } else {
            names.addAll(standard);
            if (both) {
                names.addAll(standard);
            }
        }
        return new RecurrentCell(
                opType,
                RecurrentFunction.of(settings, names, opType.equals("RNN")),
                settings.real("clip", Double.POSITIVE_INFINITY),
                settings.flag("linear_before_reset"),
                settings.flag("input_forget"));
    }

    /** Returns the number of states: hidden, and the cell of an LSTM. */
    int states() {
        return opType.equals("LSTM") ? 2 : 1;
    }

    /** Returns whether the engine has a function for it. */
    boolean isNative() {
        boolean plain = Double.isInfinite(clip) && !coupled;
        List<String> names =
                functions.stream().map(RecurrentFunction::name).distinct().toList();
        return switch (opType) {
            case "LSTM" -> plain && isStandard("Sigmoid", "Tanh", "Tanh");
            case "GRU" -> plain && resetAfter && isStandard("Sigmoid", "Tanh");
            default -> plain && (names.equals(List.of("Tanh")) || names.equals(List.of("Relu")));
        };
    }

    private boolean isStandard(String... names) {
        for (int i = 0; i < functions.size(); i++) {
            if (!functions.get(i).name().equals(names[i % names.length])) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether an RNN uses the ReLU. */
    boolean isRelu(int direction) {
        return functions.get(Math.min(direction, functions.size() - 1)).name().equals("Relu");
    }

    /** Returns the rows of the gates in the engine's order: input, forget, cell, output; or reset, update, hidden. */
    NDArray inOrderOfEngine(NDArray rows, long units) {
        int[] order =
                switch (opType) {
                    case "LSTM" -> new int[] {0, 2, 3, 1};
                    case "GRU" -> new int[] {1, 0, 2};
                    default -> new int[] {0};
                };
        if (order.length == 1) {
            return rows;
        }
        NDList parts = new NDList();
        for (int gate : order) {
            parts.add(Slicing.along(rows, 0, gate * units, (gate + 1) * units, 1));
        }
        return NDArrays.concat(parts, 0);
    }

    /**
     * Computes the states after a step.
     *
     * @param x [N, I]
     * @param states [N, H] each
     * @param weights W, R, B, and optionally peepholes
     * @param direction 0 or 1
     */
    NDList step(ForwardPass run, NDArray x, NDList states, NDList weights, int direction) {
        NDArray h = states.head();
        long units = h.getShape().get(1);
        int gates = (int) (weights.get(2).getShape().get(0) / 2 / units);
        NDArray forInput = Slicing.along(weights.get(2), 0, 0, gates * units, 1);
        NDArray forState = Slicing.along(weights.get(2), 0, gates * units, 2L * gates * units, 1);
        NDArray fromInput = x.matMul(weights.get(0).transpose()).add(forInput);
        if (opType.equals("GRU")) {
            return gru(run, fromInput, h, weights.get(1), forState, units, direction);
        }
        NDArray sum = fromInput.add(h.matMul(weights.get(1).transpose())).add(forState);
        return opType.equals("LSTM")
                ? lstm(run, sum, states.get(1), weights, units, direction)
                : new NDList(function(run, 0, direction, sum));
    }

    private NDList lstm(ForwardPass run, NDArray sum, NDArray c, NDList weights, long units, int direction) {
        boolean peeps = weights.size() > 3;
        NDArray input = gate(sum, 0, units);
        NDArray output = gate(sum, 1, units);
        NDArray forget = gate(sum, 2, units);
        NDArray i = function(run, 0, direction, peeps ? input.add(c.mul(peephole(weights, 0, units))) : input);
        NDArray f = coupled
                ? run.scalar(1, i).sub(i)
                : function(run, 0, direction, peeps ? forget.add(c.mul(peephole(weights, 2, units))) : forget);
        NDArray candidate = function(run, 1, direction, gate(sum, 3, units));
        NDArray next = f.mul(c).add(i.mul(candidate));
        NDArray o = function(run, 0, direction, peeps ? output.add(next.mul(peephole(weights, 1, units))) : output);
        return new NDList(o.mul(function(run, 2, direction, next)), next);
    }

    private static NDArray peephole(NDList weights, int gate, long units) {
        return Slicing.along(weights.get(3), 0, gate * units, (gate + 1) * units, 1);
    }

    private NDList gru(
            ForwardPass run, NDArray fromInput, NDArray h, NDArray r, NDArray forState, long units, int direction) {
        NDArray recurrent = h.matMul(r.transpose()).add(forState);
        NDArray update = function(run, 0, direction, gate(fromInput, 0, units).add(gate(recurrent, 0, units)));
        NDArray reset = function(run, 0, direction, gate(fromInput, 1, units).add(gate(recurrent, 1, units)));
        NDArray remembered = resetAfter
                ? reset.mul(gate(recurrent, 2, units))
                : reset.mul(h)
                        .matMul(Slicing.along(r, 0, 2 * units, 3 * units, 1).transpose())
                        .add(Slicing.along(forState, 0, 2 * units, 3 * units, 1));
        NDArray hidden = function(run, 1, direction, gate(fromInput, 2, units).add(remembered));
        return new NDList(run.scalar(1, h).sub(update).mul(hidden).add(update.mul(h)));
    }

    private static NDArray gate(NDArray sums, int gate, long units) {
        return Slicing.along(sums, 1, gate * units, (gate + 1) * units, 1);
    }

    private NDArray function(ForwardPass run, int which, int direction, NDArray x) {
        int each =
                switch (opType) {
                    case "LSTM" -> 3;
                    case "GRU" -> 2;
                    default -> 1;
                };
        int index = Math.min(direction * each, functions.size() - each) + which;
        NDArray bounded = Double.isInfinite(clip) ? x : x.clip(-clip, clip);
        return functions.get(index).apply(run, bounded);
    }
}
