package dev.jzoo.export.dl4j.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.AbstractLSTM;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * One direction of a recurrent layer in ONNX's form.
 *
 * @param operator LSTM or RNN
 * @param units size of the state, H
 * @param weights W [1, gates H, in], R [1, gates H, H], B [1, 2 gates H], and for peepholes P [1, 3 H]
 * @param functions activations of the gates, the candidate and the output
 */
record CellEmission(String operator, long units, List<INDArray> weights, List<RecurrentActivation> functions) {

    /** The names of the weights in the graph. */
    static final List<String> NAMES = List.of("W", "R", "B", "P");

    /**
     * The order of the gates. DL4J's columns are I, F, O, G, where I is the candidate with the layer's activation and G
     * the input gate. ONNX has the input gate, the output gate, the forget gate and the candidate.
     */
    private static final int[] LSTM_GATES = {3, 2, 1, 0};

    /** A bias so far below 0 that the gate is 0, whatever is added. */
    private static final float CLOSED = -1e6f;

    private static final int[] RNN_GATES = {0};

    /**
     * Converts a layer. Fails through {@link LayerContext#unsupported} for other layers and for settings that ONNX
     * lacks.
     */
    @SuppressWarnings("deprecation") // saved networks have it
    static CellEmission of(LayerContext layer, Object configuration, Map<String, INDArray> parameters) {
        if (configuration instanceof LSTM || configuration instanceof GravesLSTM) {
            AbstractLSTM lstm = (AbstractLSTM) configuration;
            return lstm(layer, lstm, lstm.getGateActivationFn(), parameters, "W", "RW", "b");
        } else if (configuration instanceof SimpleRnn rnn) {
            return simple(layer, rnn, parameters);
        }
        throw layer.unsupported("it wraps a " + configuration.getClass().getSimpleName());
    }

    static CellEmission lstm(
            LayerContext layer,
            BaseRecurrentLayer configuration,
            IActivation gates,
            Map<String, INDArray> parameters,
            String inputKey,
            String stateKey,
            String biasKey) {
        INDArray state = packed(parameters.get(stateKey));
        long units = state.size(0);
        boolean peepholes = state.size(1) > 4 * units;
        INDArray columns = peepholes ? columns(state, 0, 4 * units) : state;
        List<INDArray> weights = new ArrayList<>(List.of(
                rows(packed(parameters.get(inputKey)), units, LSTM_GATES),
                rows(columns, units, LSTM_GATES),
                biases(packed(parameters.get(biasKey)), units, LSTM_GATES)));
        if (peepholes) {
            // The columns after the gates: forget, output, input gate. ONNX has input, output, forget.
            weights.add(
                    Nd4j.concat(0, column(state, 4 * units + 2), column(state, 4 * units + 1), column(state, 4 * units))
                            .reshape(1, 3 * units));
        }
        RecurrentActivation cell = RecurrentActivation.of(layer, configuration.getActivationFn());
        return new CellEmission("LSTM", units, weights, List.of(RecurrentActivation.of(layer, gates), cell, cell));
    }

    private static CellEmission simple(LayerContext layer, SimpleRnn configuration, Map<String, INDArray> parameters) {
        if (configuration.isHasLayerNorm()) {
            throw layer.unsupported("layer normalisation inside a recurrent layer");
        }
        INDArray state = packed(parameters.get("RW"));
        long units = state.size(0);
        List<INDArray> weights = List.of(
                rows(packed(parameters.get("W")), units, RNN_GATES),
                rows(state, units, RNN_GATES),
                biases(packed(parameters.get("b")), units, RNN_GATES));
        return new CellEmission(
                "RNN", units, weights, List.of(RecurrentActivation.of(layer, configuration.getActivationFn())));
    }

    /** Returns the same cell with one more feature, which closes the input, output and forget gates where it is 1. */
    CellEmission withGateClosing(LayerContext layer) {
        String gate = functions.get(0).name();
        if (!operator.equals("LSTM") || !(gate.equals("Sigmoid") || gate.equals("HardSigmoid"))) {
            throw layer.unsupported("masking of a recurrent layer whose gates cannot be closed");
        }
        INDArray closing = Nd4j.zeros(1, 4 * units, 1);
        closing.get(NDArrayIndex.point(0), NDArrayIndex.interval(0, 3 * units), NDArrayIndex.all())
                .assign(CLOSED);
        List<INDArray> extended = new ArrayList<>(weights);
        extended.set(0, Nd4j.concat(2, weights.get(0), closing));
        return new CellEmission(operator, units, extended, functions);
    }

    private static INDArray packed(INDArray array) {
        return array.castTo(DataType.FLOAT).dup('c');
    }

    private static INDArray columns(INDArray matrix, long from, long to) {
        return matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to)).dup('c');
    }

    private static INDArray column(INDArray matrix, long index) {
        return columns(matrix, index, index + 1).reshape(matrix.size(0));
    }

    /** Converts columns [in, gates H] in DL4J's order to rows [1 direction, gates H, in] in ONNX's order. */
    private static INDArray rows(INDArray columns, long units, int[] order) {
        long in = columns.size(0);
        // From [in, gate, H] to [gate, H, in].
        INDArray gates = columns.reshape('c', in, order.length, units).permute(1, 2, 0);
        INDArray rows = Nd4j.create(new long[] {1, order.length * units, in}, 'c');
        for (int i = 0; i < order.length; i++) {
            rows.get(NDArrayIndex.point(0), NDArrayIndex.interval(i * units, (i + 1) * units), NDArrayIndex.all())
                    .assign(gates.slice(order[i]));
        }
        return rows;
    }

    /** Returns the biases of the input; the biases of the state are 0. */
    private static INDArray biases(INDArray bias, long units, int[] order) {
        long all = order.length * units;
        INDArray ordered = rows(bias.reshape(1, all), units, order).reshape(1, all);
        return Nd4j.concat(1, ordered, Nd4j.zeros(1, all));
    }
}
