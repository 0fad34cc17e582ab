package dev.jzoo.export.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.jzoo.export.onnx.GraphBuilder;
import dev.jzoo.export.onnx.TensorData;
import java.util.List;

/**
 * lstm(input, states, params, hasBiases, layers, dropRate, training, bidirectional, batchFirst): layers of one direction,
 * one ONNX node each. The engine stacks the gates as input, forget, cell, output; ONNX as input, output, forget, cell.
 */
final class LstmPrimitive implements Primitives.Emitter {

    private static final int[] ONNX_GATES = {0, 3, 1, 2};

    @Override
    public void emit(Call call) {
        boolean biases = call.flag(4);
        int layers = (int) call.integer(5);
        if (call.flag(8)) {
            throw new Call.Unsupported("a bidirectional LSTM");
        }
        boolean batchFirst = call.flag(9);
        GraphBuilder graph = call.graph();
        // ONNX Runtime knows only layout 0, [time, batch, features].
        String sequence = batchFirst ? swapTimeAndBatch(graph, call.in(1)) : call.in(1);
        List<Traced> states = call.tensors(2);
        boolean zeroStates = call.isZero(states.get(0)) && call.isZero(states.get(1));
        if (!zeroStates && layers > 1) {
            throw new Call.Unsupported("an LSTM of several layers with an initial state that is not 0");
        }
        String hidden = zeroStates ? "" : call.list(2).get(0);
        String cell = zeroStates ? "" : call.list(2).get(1);
        List<Traced> parameters = call.tensors(3);
        int perLayer = biases ? 4 : 2;
        List<String> written = List.of();
        for (int layer = 0; layer < layers; layer++) {
            List<Traced> own = parameters.subList(layer * perLayer, (layer + 1) * perLayer);
            written = layer(call, layer, own, sequence, hidden, cell);
            // [time, 1 direction, batch, hidden] to [time, batch, hidden]
            sequence = graph.op("Squeeze", written.get(0), graph.constant(1L)).emit();
        }
        String output = batchFirst ? swapTimeAndBatch(graph, sequence) : sequence;
        if (layers == 1) {
            call.result(output, written.get(1), written.get(2));
        } else {
            call.result(output);
        }
    }

    private static List<String> layer(
            Call call, int layer, List<Traced> parameters, String sequence, String hidden, String cell) {
        GraphBuilder graph = call.graph();
        String stem = call.scope().replace('/', '.') + ".l" + layer + ".";
        NDArray inputWeight = call.weight(parameters.get(0));
        long units = inputWeight.getShape().get(0) / 4;
        String w = graph.weight(stem + "W", leading(reorder(inputWeight, units)));
        String r = graph.weight(stem + "R", leading(reorder(call.weight(parameters.get(1)), units)));
        String b = "";
        if (parameters.size() == 4) {
            try (NDArray input = reorder(call.weight(parameters.get(2)), units);
                    NDArray recurrent = reorder(call.weight(parameters.get(3)), units)) {
                b = graph.weight(stem + "B", leading(input.concat(recurrent)));
            }
        }
        return graph.op("LSTM", sequence, w, r, b, "", hidden, cell)
                .integer("hidden_size", units)
                .emit(3);
    }

    private static NDArray reorder(NDArray gates, long units) {
        NDList blocks = new NDList();
        for (int gate : ONNX_GATES) {
            blocks.add(gates.get(gate * units + ":" + (gate + 1) * units));
        }
        NDArray reordered = blocks.get(0).getNDArrayInternal().concat(blocks.subNDList(1), 0);
        blocks.close();
        return reordered;
    }

    /** The values with an axis of size 1 for the direction in front; closes the array. */
    private static TensorData leading(NDArray array) {
        try (array;
                NDArray expanded = array.expandDims(0)) {
            return DjlTypes.data(expanded);
        }
    }

    private static String swapTimeAndBatch(GraphBuilder graph, String value) {
        return graph.op("Transpose", value).ints("perm", 1, 0, 2).emit();
    }
}
