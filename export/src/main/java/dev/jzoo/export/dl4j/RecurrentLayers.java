package dev.jzoo.export.dl4j;

import dev.jzoo.export.onnx.GraphBuilder.NodeBuilder;
import java.util.List;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.util.TimeSeriesUtils;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Recurrent layers as ONNX has them: [T, N, C] in, [T, directions, N, H] out, weights with the gates along their rows. */
final class RecurrentLayers {

    /**
     * DL4J's columns are I, F, O, G, where I is the candidate with the layer's activation and G the input gate. ONNX has
     * the input gate, the output gate, the forget gate and the candidate.
     */
    private static final int[] ONNX_GATES = {3, 2, 1, 0};

    private RecurrentLayers() {}

    static String lstm(LSTM configuration, LayerContext layer) {
        boolean featuresFirst = TimeSeriesUtils.getFormatFromRnnLayer(configuration) == RNNFormat.NCW;
        INDArray recurrent = layer.array("RW");
        long units = recurrent.size(0);
        NodeBuilder node = layer.op(
                        "LSTM",
                        timeFirst(layer, featuresFirst),
                        layer.weight("W", rows(layer.array("W"), units)),
                        layer.weight("R", rows(recurrent, units)),
                        layer.weight("B", biases(layer.array("b"), units)))
                .integer("hidden_size", units);
        RecurrentActivation gate = RecurrentActivation.of(layer, configuration.getGateActivationFn());
        RecurrentActivation cell = RecurrentActivation.of(layer, configuration.getActivationFn());
        String sequence =
                RecurrentActivation.set(node, List.of(gate, cell, cell)).emit(3).get(0);
        String result = layer.op("Squeeze", sequence, layer.integers(1L)).emit();
        return layer.transpose(result, featuresFirst ? new long[] {1, 2, 0} : new long[] {1, 0, 2});
    }

    static String timeFirst(LayerContext layer, boolean featuresFirst) {
        return layer.transpose(layer.input(), featuresFirst ? new long[] {2, 0, 1} : new long[] {1, 0, 2});
    }

    /** Columns [in, 4 H] in DL4J's order of gates to rows [1 direction, 4 H, in] in ONNX's. */
    private static INDArray rows(INDArray columns, long units) {
        long in = columns.size(0);
        // [in, gate, H] to [gate, H, in]
        INDArray gates = columns.reshape('c', in, 4, units).permute(1, 2, 0);
        INDArray rows = Nd4j.create(new long[] {1, 4 * units, in}, 'c');
        for (int i = 0; i < ONNX_GATES.length; i++) {
            INDArray gate = gates.slice(ONNX_GATES[i]);
            rows.get(NDArrayIndex.point(0), NDArrayIndex.interval(i * units, (i + 1) * units), NDArrayIndex.all())
                    .assign(gate);
        }
        return rows;
    }

    /** Biases of the input, those of the state are 0: [1 direction, 8 H]. */
    private static INDArray biases(INDArray bias, long units) {
        INDArray ordered = rows(bias.reshape(1, 4 * units), units).reshape(1, 4 * units);
        return Nd4j.concat(1, ordered, Nd4j.zeros(1, 4 * units));
    }
}
