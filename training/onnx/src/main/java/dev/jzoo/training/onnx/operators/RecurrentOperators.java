package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.RNN;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * LSTM, GRU and RNN. They run in the engine's own functions if possible. Other activations, peepholes, sequence
 * lengths, and a GRU that resets before it multiplies are computed step by step ({@link RecurrentCell}).
 *
 * <p>Inputs:
 *
 * <pre>
 * X            [T, N, I]
 * W            [D, gates * H, I]
 * R            [D, gates * H, H]
 * B            [D, 2 * gates * H]
 * lengths      [N]
 * first states [D, N, H]
 * peepholes    [D, 3 * H]
 * </pre>
 *
 * <p>Outputs are Y [T, D, N, H] and the last states [D, N, H]. D is 2 for both directions.
 */
final class RecurrentOperators {

    private static final int SEQUENCE_LENGTHS = 4;
    private static final int FIRST_STATE = 5;
    private static final int FIRST_CELL = 6;

    private RecurrentOperators() {}

    static void addTo(Map<String, Operator.OperatorFactory> table) {
        for (String opType : List.of("LSTM", "GRU", "RNN")) {
            table.put(opType, RecurrentOperators::of);
        }
    }

    private static Operator of(NodeAttributes settings) {
        RecurrentCell cell = RecurrentCell.of(settings);
        String direction = settings.text("direction", "forward");
        boolean batchFirst = settings.integer("layout", 0) == 1;
        int directions = direction.equals("bidirectional") ? 2 : 1;
        return call -> {
            NDArray x = batchFirst ? call.x().swapAxes(0, 1) : call.x();
            int units = (int) settings.integer("hidden_size", call.dims(2)[call.dims(2).length - 1]);
            requireShapes(call, x, gates(cell.opType()), directions, units, batchFirst);
            List<NDList> each = new ArrayList<>();
            for (int d = 0; d < directions; d++) {
                boolean backward = d == 1 || direction.equals("reverse");
                each.add(oneDirection(call, cell, x, d, backward, batchFirst, units));
            }
            NDList results = new NDList();
            for (int i = 0; i < each.get(0).size(); i++) {
                int output = i;
                NDList parts = new NDList();
                each.forEach(result -> parts.add(result.get(output).expandDims(output == 0 ? 1 : 0)));
                NDArray joined = parts.size() == 1 ? parts.head() : NDArrays.concat(parts, i == 0 ? 1 : 0);
                // [T, D, N, H] to [N, T, D, H], and [D, N, H] to [N, D, H].
                results.add(!batchFirst ? joined : i == 0 ? joined.transpose(2, 0, 1, 3) : joined.swapAxes(0, 1));
            }
            return results;
        };
    }

    private static int gates(String opType) {
        return opType.equals("LSTM") ? 4 : opType.equals("GRU") ? 3 : 1;
    }

    /** Checks the shapes of all inputs, because the engine ends the process if they are wrong. */
    private static void requireShapes(
            OperatorInputs call, NDArray x, int gates, int directions, int units, boolean batchFirst) {
        long[] dims = HostTensors.dims(x);
        if (dims.length != 3 || units < 1) {
            throw new IllegalArgumentException("expected: three axes and one unit or more");
        }
        long[] state = batchFirst ? new long[] {dims[1], directions, units} : new long[] {directions, dims[1], units};
        requireShape(call, 1, directions, (long) gates * units, dims[2]);
        requireShape(call, 2, directions, (long) gates * units, units);
        requireShape(call, 3, directions, 2L * gates * units);
        requireShape(call, SEQUENCE_LENGTHS, dims[1]);
        requireShape(call, FIRST_STATE, state);
        requireShape(call, FIRST_CELL, state);
        requireShape(call, 7, directions, 3L * units);
    }

    private static void requireShape(OperatorInputs call, int input, long... expected) {
        if (call.has(input) && !Arrays.equals(call.dims(input), expected)) {
            throw new IllegalArgumentException("input " + input + " is " + Arrays.toString(call.dims(input))
                    + "; expected: " + Arrays.toString(expected));
        }
    }

    /** Returns Y [T, N, H], then the last states [N, H]. */
    private static NDList oneDirection(
            OperatorInputs call,
            RecurrentCell cell,
            NDArray x,
            int d,
            boolean backward,
            boolean batchFirst,
            int units) {
        NDArray w = part(call.array(1), d);
        NDArray r = part(call.array(2), d);
        NDArray b = call.has(3)
                ? part(call.array(3), d)
                : call.run().manager().zeros(new Shape(2 * w.getShape().get(0)), x.getDataType());
        NDList states = new NDList();
        for (int i = 0; i < cell.states(); i++) {
            int input = i == 0 ? FIRST_STATE : FIRST_CELL;
            states.add(
                    call.has(input)
                            ? batchFirst ? part(call.array(input).swapAxes(0, 1), d) : part(call.array(input), d)
                            : call.run().manager().zeros(new Shape(x.getShape().get(1), units), x.getDataType()));
        }
        if (cell.isNative() && !call.has(SEQUENCE_LENGTHS) && !call.has(7)) {
            return inEngine(call, cell, backward ? x.flip(0) : x, new NDList(w, r, b), states, backward);
        }
        NDList peepholes = call.has(7) ? new NDList(part(call.array(7), d)) : new NDList();
        return stepByStep(call, cell, x, d, new NDList(w, r, b).addAll(peepholes), states, backward);
    }

    private static NDArray part(NDArray x, int d) {
        return x.get(d);
    }

    private static NDList inEngine(
            OperatorInputs call, RecurrentCell cell, NDArray x, NDList weights, NDList states, boolean backward) {
        long units = states.head().getShape().get(1);
        NDArray b = weights.get(2);
        long rows = b.getShape().get(0) / 2;
        NDList params = new NDList(
                cell.inOrderOfEngine(weights.get(0), units),
                cell.inOrderOfEngine(weights.get(1), units),
                cell.inOrderOfEngine(Slicing.along(b, 0, 0, rows, 1), units),
                cell.inOrderOfEngine(Slicing.along(b, 0, rows, 2 * rows, 1), units));
        NDList first = new NDList();
        states.forEach(state -> first.add(state.expandDims(0)));
        boolean training = call.run().training();
        NDList results =
                switch (cell.opType()) {
                    case "LSTM" -> x.getNDArrayInternal().lstm(x, first, params, true, 1, 0, training, false, false);
                    case "GRU" ->
                        x.getNDArrayInternal().gru(x, first.head(), params, true, 1, 0, training, false, false);
                    default ->
                        x.getNDArrayInternal()
                                .rnn(
                                        x,
                                        first.head(),
                                        params,
                                        true,
                                        1,
                                        cell.isRelu(d(backward)) ? RNN.Activation.RELU : RNN.Activation.TANH,
                                        0,
                                        training,
                                        false,
                                        false);
                };
        NDList outputs = new NDList(backward ? results.head().flip(0) : results.head());
        results.subNDList(1).forEach(state -> outputs.add(state.squeeze(0)));
        return outputs;
    }

    private static int d(boolean backward) {
        return backward ? 1 : 0;
    }

    private static NDList stepByStep(
            OperatorInputs call, RecurrentCell cell, NDArray x, int d, NDList weights, NDList first, boolean backward) {
        int steps = (int) x.getShape().get(0);
        NDList states = first;
        NDArray[] outputs = new NDArray[steps];
        for (int i = 0; i < steps; i++) {
            int t = backward ? steps - 1 - i : i;
            NDList next = cell.step(call.run(), x.get(t), states, weights, d);
            if (!call.has(SEQUENCE_LENGTHS)) {
                states = next;
                outputs[t] = next.head();
                continue;
            }
            // After its end, a sequence keeps its state and returns 0.
            NDArray lengths = call.array(SEQUENCE_LENGTHS);
            NDArray goesOn = lengths.gt(call.run().scalar(t, lengths))
                    .toType(x.getDataType(), false)
                    .expandDims(1);
            NDArray over = call.scalar(1).sub(goesOn);
            NDList kept = new NDList();
            for (int s = 0; s < next.size(); s++) {
                kept.add(next.get(s).mul(goesOn).add(states.get(s).mul(over)));
            }
            states = kept;
            outputs[t] = next.head().mul(goesOn);
        }
        NDList results = new NDList(NDArrays.stack(new NDList(outputs), 0));
        states.forEach(state -> results.add(OperatorInputs.view(state)));
        return results;
    }
}
