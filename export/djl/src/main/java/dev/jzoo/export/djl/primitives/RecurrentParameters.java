package dev.jzoo.export.djl.primitives;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.jzoo.export.djl.recording.RecordedTensor;
import dev.jzoo.onnx.TensorData;
import java.util.List;

/**
 * The weights of a recurrent primitive in ONNX's form: W [directions, gates * units, features], R [directions, gates *
 * units, units], B [directions, 2 * gates * units] with both biases. The engine's list of parameters has, for each
 * layer and direction, W and R and, with biases, both biases.
 */
final class RecurrentParameters {

    /** The order of a cell's gates: for each of ONNX's gates, its position in the engine. */
    enum GateOrder {
        /** Input, forget, cell, output; in ONNX input, output, forget, cell. */
        LSTM(0, 3, 1, 2),

        /** Reset, update, new; in ONNX update, reset, new. */
        GRU(1, 0, 2),

        RNN(0);

        private final int[] gates;

        GateOrder(int... gates) {
            this.gates = gates;
        }

        String operator() {
            return name();
        }
    }

    private final StepContext call;
    private final GateOrder cell;
    private final int directions;
    private final List<RecordedTensor> parameters;
    private final int perCell;
    private final long units;

    RecurrentParameters(StepContext call, GateOrder cell, int directions) {
        this.call = call;
        this.cell = cell;
        this.directions = directions;
        parameters = call.tensors(3);
        perCell = call.flag(4) ? 4 : 2;
        units = parameters.get(0).shape().get(0) / cell.gates.length;
    }

    long units() {
        return units;
    }

    /** Returns the names of W, R and B of a layer; B is empty without biases. */
    List<String> of(int layer) {
        String stem = call.scope().replace('/', '.') + ".l" + layer + ".";
        RecordedTensor first = parameters.get(layer * directions * perCell);
        return List.of(
                call.weight(first, stem + "W", () -> stacked(layer, 0, 1)),
                call.weight(first, stem + "R", () -> stacked(layer, 1, 1)),
                perCell == 2 ? "" : call.weight(first, stem + "B", () -> stacked(layer, 2, 2)));
    }

    /** Returns parameters of each direction in ONNX's order, stacked along a new first axis for the direction. */
    private TensorData stacked(int layer, int from, int count) {
        NDList all = new NDList();
        for (int direction = 0; direction < directions; direction++) {
            int first = (layer * directions + direction) * perCell + from;
            NDList rows = new NDList();
            for (int i = 0; i < count; i++) {
                rows.addAll(rows(call.values(parameters.get(first + i))));
            }
            all.add(NDArrays.concat(rows));
            rows.close();
        }
        try (all;
                NDArray stacked = NDArrays.stack(all);
                NDArray typed = stacked.toType(DjlTypes.of(call.resultType()), true)) {
            return DjlTypes.data(typed);
        }
    }

    /** Returns the rows of each gate, in ONNX's order. */
    private NDList rows(NDArray gates) {
        NDList rows = new NDList();
        for (int gate : cell.gates) {
            rows.add(gates.get(gate * units + ":" + (gate + 1) * units));
        }
        return rows;
    }
}
