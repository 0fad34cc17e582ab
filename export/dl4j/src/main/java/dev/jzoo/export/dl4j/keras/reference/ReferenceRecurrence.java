package dev.jzoo.export.dl4j.keras.reference;

import dev.jzoo.export.dl4j.keras.model.KerasLayer;
import dev.jzoo.export.dl4j.keras.model.LayerSettings;
import dev.jzoo.export.dl4j.keras.reference.ReferenceModel.ReferenceLayer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Layers that run over the steps of a sequence, and wrappers of layers. */
final class ReferenceRecurrence {

    private ReferenceRecurrence() {}

    static void addTo(Map<String, ReferenceLayer> layers) {
        for (String cell : List.of("SimpleRNN", "LSTM", "GRU")) {
            layers.put(cell, c -> recurrent(c, false));
        }
        layers.put("Bidirectional", ReferenceRecurrence::bidirectional);
        layers.put("TimeDistributed", ReferenceRecurrence::timeDistributed);
    }

    /**
     * Computes a recurrent layer. A masked step leaves the state unchanged and repeats the last output, which is 0
     * before the first step; if {@code zeros} is set, its output is 0. A backward layer reads the steps from the last
     * to the first, and returns them in that order.
     */
    private static ReferenceValue recurrent(LayerComputation c, boolean zeros) {
        LayerSettings settings = c.settings();
        ReferenceValue x = c.input();
        int batch = x.dims()[0];
        int steps = x.dims()[1];
        boolean backwards = settings.flag("go_backwards", false);
        boolean all = settings.flag("return_sequences", false);
        Cell cell = Cell.of(c, x.last());
        int units = cell.units();
        float[] y = new float[batch * (all ? steps : 1) * units];
        for (int n = 0; n < batch; n++) {
            double[] state = new double[units];
            double[] memory = new double[units];
            for (int t = 0; t < steps; t++) {
                int row = n * steps + (backwards ? steps - 1 - t : t);
                boolean counts = !x.isMasked() || x.mask()[row];
                if (counts) {
                    cell.step(x.data(), row * x.last(), state, memory);
                }
                for (int u = 0; all && u < units; u++) {
                    y[(n * steps + t) * units + u] = counts || !zeros ? (float) state[u] : 0;
                }
            }
            for (int u = 0; !all && u < units; u++) {
                y[n * units + u] = (float) state[u];
            }
        }
        c.requireSettingsRead();
        return all
                ? new ReferenceValue(y, new int[] {batch, steps, units}, x.mask())
                : ReferenceValue.of(y, batch, units);
    }

    /**
     * The gates of one step.
     *
     * @param kernel [in, gates * units]
     * @param recurrent [units, gates * units]
     * @param inputBias [gates * units]
     * @param stateBias [gates * units]; 0 except in a GRU that resets after the multiplication
     */
    private record Cell(
            String kind,
            int in,
            int units,
            boolean resetsAfter,
            float[] kernel,
            float[] recurrent,
            float[] inputBias,
            float[] stateBias,
            DoubleUnaryOperator activation,
            DoubleUnaryOperator gate) {

        static Cell of(LayerComputation c, int in) {
            LayerSettings settings = c.settings();
            String kind = c.layer().className();
            int units = settings.integer("units", 0);
            int columns = units * (kind.equals("LSTM") ? 4 : kind.equals("GRU") ? 3 : 1);
            boolean resetsAfter = kind.equals("GRU") && settings.flag("reset_after", false);
            settings.flag("use_bias", true);
            float[] inputBias = new float[columns];
            float[] stateBias = new float[columns];
            if (c.layer().has("bias")) {
                float[] bias = resetsAfter ? c.weight("bias", 2, columns) : c.weight("bias", columns);
                inputBias = Arrays.copyOf(bias, columns);
                stateBias = resetsAfter ? Arrays.copyOfRange(bias, columns, 2 * columns) : stateBias;
            }
            String gate = kind.equals("SimpleRNN") ? "linear" : settings.text("recurrent_activation", "");
            return new Cell(
                    kind,
                    in,
                    units,
                    resetsAfter,
                    c.weight("kernel", in, columns),
                    c.weight("recurrent_kernel", units, columns),
                    inputBias,
                    stateBias,
                    ReferenceActivations.function(settings.text("activation", "")),
                    ReferenceActivations.function(gate));
        }

        void step(float[] x, int at, double[] state, double[] memory) {
            double[] fromInput = product(x, at, kernel, inputBias);
            double[] fromState = product(state, recurrent, stateBias);
            double[] before = state.clone();
            double[] reset = new double[units];
            for (int u = 0; u < units; u++) {
                switch (kind) {
                    case "LSTM" -> {
                        double input = gate.applyAsDouble(fromInput[u] + fromState[u]);
                        double forget = gate.applyAsDouble(fromInput[units + u] + fromState[units + u]);
                        double candidate =
                                activation.applyAsDouble(fromInput[2 * units + u] + fromState[2 * units + u]);
                        double output = gate.applyAsDouble(fromInput[3 * units + u] + fromState[3 * units + u]);
                        memory[u] = forget * memory[u] + input * candidate;
                        state[u] = output * activation.applyAsDouble(memory[u]);
                    }
                    case "GRU" -> reset[u] = gate.applyAsDouble(fromInput[units + u] + fromState[units + u]);
                    default -> state[u] = activation.applyAsDouble(fromInput[u] + fromState[u]);
                }
            }
            for (int u = 0; u < units && kind.equals("GRU"); u++) {
                double update = gate.applyAsDouble(fromInput[u] + fromState[u]);
                double past = resetsAfter ? reset[u] * fromState[2 * units + u] : 0;
                for (int v = 0; v < units && !resetsAfter; v++) {
                    past += reset[v] * before[v] * recurrent[v * 3 * units + 2 * units + u];
                }
                double candidate = activation.applyAsDouble(fromInput[2 * units + u] + past);
                state[u] = update * before[u] + (1 - update) * candidate;
            }
        }

        private double[] product(float[] x, int at, float[] matrix, float[] bias) {
            double[] values = new double[in];
            for (int i = 0; i < in; i++) {
                values[i] = x[at + i];
            }
            return product(values, matrix, bias);
        }

        private static double[] product(double[] x, float[] matrix, float[] bias) {
            double[] y = new double[bias.length];
            for (int o = 0; o < y.length; o++) {
                y[o] = bias[o];
            }
            for (int i = 0; i < x.length; i++) {
                for (int o = 0; o < y.length; o++) {
                    y[o] += x[i] * matrix[i * y.length + o];
                }
            }
            return y;
        }
    }

    private static ReferenceValue bidirectional(LayerComputation c) {
        String mode = c.settings().text("merge_mode", "concat");
        ReferenceValue forward = direction(c, 0);
        ReferenceValue back = direction(c, 1);
        boolean sequence = back.rank() == 3;
        int units = forward.last();
        int width = mode.equals("concat") ? units + back.last() : units;
        int steps = sequence ? back.dims()[1] : 1;
        float[] y = new float[forward.rows() * width];
        for (int row = 0; row < forward.rows(); row++) {
            // The backward direction returns the last step first.
            int other = sequence ? row / steps * steps + steps - 1 - row % steps : row;
            for (int u = 0; u < width; u++) {
                double a = u < units ? forward.data()[row * units + u] : 0;
                double b = back.data()[other * back.last() + (u < units ? Math.min(u, back.last() - 1) : u - units)];
                y[row * width + u] = (float)
                        switch (mode) {
                            case "sum" -> a + b;
                            case "mul" -> a * b;
                            case "ave" -> (a + b) / 2;
                            default -> u < units ? a : b;
                        };
            }
        }
        return new ReferenceValue(y, ReferenceModel.with(forward.dims(), forward.rank() - 1, width), forward.mask());
    }

    private static ReferenceValue direction(LayerComputation c, int which) {
        KerasLayer layer = c.layer().wrapped().get(which);
        // If all steps are returned, Bidirectional sets the masked ones to 0.
        return recurrent(new LayerComputation(layer, c.inputs()), true);
    }

    /** Computes the wrapped layer for each step separately. */
    private static ReferenceValue timeDistributed(LayerComputation c) {
        ReferenceValue x = c.input();
        int[] inner = Arrays.copyOfRange(x.dims(), 1, x.rank());
        inner[0] = x.dims()[0] * x.dims()[1];
        ReferenceValue result = ReferenceModel.compute(c.layer().wrapped().get(0), List.of(x.reshaped(inner)));
        int[] dims = new int[result.rank() + 1];
        dims[0] = x.dims()[0];
        dims[1] = x.dims()[1];
        System.arraycopy(result.dims(), 1, dims, 2, result.rank() - 1);
        return result.reshaped(dims).withMask(x.mask());
    }
}
