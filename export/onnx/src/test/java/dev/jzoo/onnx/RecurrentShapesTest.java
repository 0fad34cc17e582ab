package dev.jzoo.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that recurrent weights of inconsistent shapes never reach ONNX Runtime, which they could crash. */
class RecurrentShapesTest {

    private static final ValueInfo X =
            new ValueInfo("x", DataType.FLOAT, List.of(Dimension.of("time"), Dimension.BATCH, Dimension.of(5)));
    private static final ValueInfo Y =
            new ValueInfo("y", DataType.FLOAT, List.of(Dimension.of("time"), Dimension.BATCH, Dimension.of(3)));

    private static TensorData zeros(long... dims) {
        int elements = 1;
        for (long dim : dims) {
            elements *= (int) dim;
        }
        return TensorData.of(new float[elements], dims);
    }

    /** Returns weights for 5 inputs and 3 units by their names. */
    private static Map<String, TensorData> weights(long gates, long directions) {
        Map<String, TensorData> weights = new LinkedHashMap<>();
        weights.put("W", zeros(directions, gates * 3, 5));
        weights.put("R", zeros(directions, gates * 3, 3));
        weights.put("B", zeros(directions, 2 * gates * 3));
        return weights;
    }

    private static Node recurrent(String operator, List<String> inputs, Map<String, Attribute> attributes) {
        return new Node(operator, "", "layer", inputs, List.of("", "y"), new TreeMap<>(attributes));
    }

    private static Graph graph(Map<String, TensorData> weights, Node... nodes) {
        return new Graph("g", List.of(X), List.of(Y), weights, List.of(nodes), List.of());
    }

    private static final Map<String, Attribute> FORWARD = Map.of("hidden_size", new Attribute.Int(3));
    private static final Map<String, Attribute> BOTH =
            Map.of("hidden_size", new Attribute.Int(3), "direction", new Attribute.Text("bidirectional"));

    @ParameterizedTest
    @CsvSource({"RNN, 1", "GRU, 3", "LSTM, 4"})
    void weightsThatFitAreAccepted(String operator, long gates) {
        List<String> inputs = List.of("x", "W", "R", "B");
        assertEquals(List.of(), GraphChecker.dangers(graph(weights(gates, 1), recurrent(operator, inputs, FORWARD))));
        assertEquals(List.of(), GraphChecker.dangers(graph(weights(gates, 2), recurrent(operator, inputs, BOTH))));
        assertEquals(List.of(), GraphChecker.dangers(graph(weights(gates, 1), recurrent(operator, inputs, Map.of()))));
    }

    @ParameterizedTest
    @CsvSource({"RNN, 1", "GRU, 3", "LSTM, 4"})
    void swappedWeightsAreRefusedByName(String operator, long gates) {
        List<String> faults = GraphChecker.dangers(
                graph(weights(gates, 1), recurrent(operator, List.of("x", "B", "R", "W"), FORWARD)));
        assertEquals(2, faults.size(), faults.toString());
        assertEquals(
                operator + " 'layer': W 'B' has the shape [1, " + 6 * gates + "]; expected [1, " + 3 * gates
                        + ", any] with hidden_size 3 and 1 direction.",
                faults.get(0));
        assertTrue(faults.get(1).contains(": B 'W' has the shape "), faults.get(1));
    }

    @ParameterizedTest
    @CsvSource({"RNN, 1", "GRU, 3", "LSTM, 4"})
    void eachWeightIsHeldAgainstTheDirectionsAndTheHiddenSize(String operator, long gates) {
        List<String> inputs = List.of("x", "W", "R", "B");
        for (Map<String, Attribute> settings : List.of(
                Map.<String, Attribute>of("hidden_size", new Attribute.Int(4)),
                Map.<String, Attribute>of("hidden_size", new Attribute.Int(2)),
                BOTH)) {
            List<String> faults = GraphChecker.dangers(graph(weights(gates, 1), recurrent(operator, inputs, settings)));
            assertEquals(3, faults.size(), faults.toString());
        }
        for (long wrong : new long[] {0, -3, Long.MAX_VALUE}) {
            List<String> faults = GraphChecker.dangers(graph(
                    weights(gates, 1), recurrent(operator, inputs, Map.of("hidden_size", new Attribute.Int(wrong)))));
            assertEquals(
                    List.of(operator + " 'layer': expected a hidden_size of at least 1, found " + wrong + "."), faults);
        }
    }

    @Test
    void statesAndPeepholesMustFitToo() {
        Map<String, TensorData> weights = weights(4, 1);
        weights.put("lengths", TensorData.vector(2));
        weights.put("h", zeros(1, 2, 3));
        weights.put("c", zeros(1, 2, 4));
        weights.put("P", zeros(1, 8));
        List<String> inputs = List.of("x", "W", "R", "B", "lengths", "h", "c", "P");
        List<String> faults = GraphChecker.dangers(graph(weights, recurrent("LSTM", inputs, FORWARD)));
        assertEquals(2, faults.size(), faults.toString());
        assertTrue(
                faults.get(0).contains("initial_c 'c' has the shape [1, 2, 4]; expected [1, any, 3]"), faults.get(0));
        assertTrue(faults.get(1).contains("P 'P' has the shape [1, 8]; expected [1, 9]"), faults.get(1));
        weights.put("c", zeros(2, 1, 3));
        weights.put("h", zeros(2, 1, 3));
        weights.put("P", zeros(1, 9));
        Map<String, Attribute> batchFirst = new TreeMap<>(FORWARD);
        batchFirst.put("layout", new Attribute.Int(1));
        assertEquals(List.of(), GraphChecker.dangers(graph(weights, recurrent("LSTM", inputs, batchFirst))));
    }

    @Test
    void weightsAreFollowedThroughConstantsAndCastsAndIntoBodies() {
        Map<String, TensorData> weights = weights(4, 1);
        Node constant = new Node(
                "Constant",
                "",
                "c",
                List.of(),
                List.of("bias"),
                new TreeMap<>(Map.of("value", new Attribute.TensorValue(zeros(1, 12)))));
        Node cast = new Node("Cast", "", "cast", List.of("bias"), List.of("cast"), new TreeMap<>());
        Node layer = recurrent("LSTM", List.of("x", "W", "R", "cast"), FORWARD);
        assertEquals(
                1, GraphChecker.dangers(graph(weights, constant, cast, layer)).size());

        Graph body = new Graph("body", List.of(), List.of(Y), Map.of(), new ArrayList<>(List.of(layer)), List.of());
        Node branch = new Node(
                "If",
                "",
                "if",
                List.of("x"),
                List.of("y"),
                new TreeMap<>(Map.of("then_branch", new Attribute.Subgraph(body))));
        assertEquals(
                1, GraphChecker.dangers(graph(weights, constant, cast, branch)).size());
    }

    @Test
    void layersOfOtherDomainsAndUnknownShapesAreLeftToTheRuntime() {
        Node foreign = new Node("LSTM", "own", "n", List.of("x", "B", "R", "W"), List.of("", "y"), new TreeMap<>());
        assertEquals(List.of(), GraphChecker.dangers(graph(weights(4, 1), foreign)));
        assertEquals(
                List.of(), GraphChecker.dangers(graph(Map.of(), recurrent("LSTM", List.of("x", "x", "x"), FORWARD))));
    }
}
