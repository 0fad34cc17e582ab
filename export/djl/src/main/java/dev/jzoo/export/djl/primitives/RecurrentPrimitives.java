package dev.jzoo.export.djl.primitives;

import ai.djl.nn.recurrent.RNN;
import dev.jzoo.export.djl.recording.RecordedTensor;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.GraphBuilder.NodeBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * LSTM, GRU and RNN, with one ONNX node for each layer. ONNX Runtime supports only layout 0, [time, batch, features].
 */
final class RecurrentPrimitives {

    private RecurrentPrimitives() {}

    static void addTo(Map<String, Primitives.Emitter> table) {
        // lstm(input, [hidden, cell], parameters, biases, layers, dropRate, training, bidirectional, batchFirst)
        table.put(
                "lstm", call -> emit(call, RecurrentParameters.GateOrder.LSTM, call.tensors(2), () -> call.list(2), 8));
        // gru(input, hidden, parameters, biases, layers, dropRate, training, bidirectional, batchFirst)
        table.put(
                "gru",
                call -> emit(
                        call,
                        RecurrentParameters.GateOrder.GRU,
                        List.of(call.tensor(2)),
                        () -> List.of(call.in(2)),
                        8));
        // rnn(input, hidden, parameters, biases, layers, activation, dropRate, training, bidirectional, batchFirst)
        table.put(
                "rnn",
                call -> emit(
                        call,
                        RecurrentParameters.GateOrder.RNN,
                        List.of(call.tensor(2)),
                        () -> List.of(call.in(2)),
                        9));
    }

    /**
     * Emits the nodes of a recurrent primitive.
     *
     * @param states initial hidden (and cell) state, [layers * directions, batch, units]
     * @param given their names in the graph
     * @param flags position of the argument bidirectional, which batchFirst follows
     */
    private static void emit(
            StepContext call,
            RecurrentParameters.GateOrder cell,
            List<RecordedTensor> states,
            Supplier<List<String>> given,
            int flags) {
        GraphBuilder graph = call.graph();
        if (call.number(flags - 2) > 0) {
            LayerPrimitives.requireInference(call, flags - 1, "drops values at random");
        }
        int layers = (int) call.integer(5);
        int directions = call.flag(flags) ? 2 : 1;
        boolean batchFirst = call.flag(flags + 1);
        RecurrentParameters weights = new RecurrentParameters(call, cell, directions);
        boolean zero = states.stream().allMatch(call::isZero);
        List<String> initial = zero ? List.of() : given.get();
        String sequence = batchFirst ? swapTimeAndBatch(graph, call.in(1)) : call.in(1);
        List<List<String>> last = List.of(new ArrayList<>(), new ArrayList<>());
        for (int layer = 0; layer < layers; layer++) {
            List<String> inputs = new ArrayList<>(List.of(sequence));
            inputs.addAll(weights.of(layer));
            inputs.add("");
            for (String state : initial) {
                inputs.add(slice(graph, state, layer, directions, layers));
            }
            NodeBuilder node = graph.op(cell.operator(), inputs).integer("hidden_size", weights.units());
            if (directions == 2) {
                node.text("direction", "bidirectional");
            }
            configure(call, cell, directions, node);
            List<String> written = node.emit(1 + states.size());
            for (int i = 0; i < states.size(); i++) {
                last.get(i).add(written.get(1 + i));
            }
            sequence = flat(graph, written.get(0), directions, weights.units());
        }
        List<String> results = new ArrayList<>();
        results.add(batchFirst ? swapTimeAndBatch(graph, sequence) : sequence);
        boolean statesRead = IntStream.rangeClosed(1, states.size()).anyMatch(call::isRead);
        for (int i = 0; i < states.size() && statesRead; i++) {
            results.add(
                    layers == 1
                            ? last.get(i).get(0)
                            : graph.op("Concat", last.get(i)).integer("axis", 0).emit());
        }
        call.result(results.toArray(String[]::new));
    }

    private static void configure(
            StepContext call, RecurrentParameters.GateOrder cell, int directions, NodeBuilder node) {
        if (cell == RecurrentParameters.GateOrder.GRU) {
            node.integer("linear_before_reset", 1);
        } else if (cell == RecurrentParameters.GateOrder.RNN) {
            String activation = call.value(6, RNN.Activation.class) == RNN.Activation.RELU ? "Relu" : "Tanh";
            node.attribute(
                    "activations", new dev.jzoo.onnx.Attribute.TextList(Collections.nCopies(directions, activation)));
        }
    }

    /** Returns the states of one layer, [directions, batch, units]. */
    private static String slice(GraphBuilder graph, String states, int layer, int directions, int layers) {
        return layers == 1
                ? states
                : graph.op(
                                "Slice",
                                states,
                                graph.constant((long) layer * directions),
                                graph.constant((layer + 1L) * directions))
                        .emit();
    }

    /** Converts [time, directions, batch, units] to [time, batch, directions * units]. */
    private static String flat(GraphBuilder graph, String written, int directions, long units) {
        if (directions == 1) {
            return graph.op("Squeeze", written, graph.constant(1L)).emit();
        }
        String inner = graph.op("Transpose", written).ints("perm", 0, 2, 1, 3).emit();
        return graph.op("Reshape", inner, graph.constant(0, 0, 2 * units)).emit();
    }

    private static String swapTimeAndBatch(GraphBuilder graph, String value) {
        return graph.op("Transpose", value).ints("perm", 1, 0, 2).emit();
    }
}
