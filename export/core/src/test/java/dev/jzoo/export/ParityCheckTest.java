package dev.jzoo.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.file.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A network of plain loops, max(2 x + 1, 0), whose export can be made wrong in one place. */
class ParityCheckTest {

    /** A network whose input is [batch, 2, height, width]. */
    private static class Loops implements SourceNetwork {

        private final float addend;
        private final boolean tells;

        Loops(double addend, boolean tells) {
            this.addend = (float) addend;
            this.tells = tells;
        }

        @Override
        public List<ValueInfo> inputs() {
            return List.of(new ValueInfo(
                    "x",
                    DataType.FLOAT,
                    List.of(Dimension.BATCH, Dimension.of(2), Dimension.of("height"), Dimension.of("width"))));
        }

        @Override
        public List<ValueInfo> emit(GraphBuilder graph, List<String> inputs) {
            graph.scope("scale");
            String twice = graph.op("Mul", inputs.get(0), graph.constant(2f)).emit();
            graph.scope("shift");
            String sum = graph.op("Add", twice, graph.constant(addend)).emit();
            graph.scope("act");
            return List.of(inputs().get(0).named(graph.op("Relu", sum).emit()));
        }

        private static Tensor map(Tensor x, java.util.function.DoubleUnaryOperator f) {
            float[] values = x.floats();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) f.applyAsDouble(values[i]);
            }
            return Tensor.of(values, x.shape());
        }

        @Override
        public List<Tensor> run(List<Tensor> inputs) {
            return List.of(map(inputs.get(0), v -> Math.max(2 * v + 1, 0)));
        }

        @Override
        public Map<String, Tensor> intermediates(List<Tensor> inputs) {
            return tells
                    ? Map.of(
                            "/scale/Mul_output_0", map(inputs.get(0), v -> 2 * v),
                            "/shift/Add_output_0", map(inputs.get(0), v -> 2 * v + 1),
                            "a tensor that is not in the graph", inputs.get(0))
                    : Map.of();
        }

        @Override
        public void close() {}
    }

    private record Setup(Loops network, OnnxFile file, NetworkBorder border) {

        static Setup of(Loops network) {
            GraphBuilder graph = new GraphBuilder(17);
            String input = graph.input(network.inputs().get(0));
            List<ValueInfo> written = network.emit(graph, List.of(input));
            graph.output(written.get(0));
            OnnxFile file = OnnxFile.of(17, new OnnxFile.Producer("test", ""), graph.build("g"), Map.of());
            return new Setup(network, file, new NetworkBorder(network.inputs(), written));
        }

        private Reference reference() {
            return new FrameworkReference(new NetworkRuns(network, "Loops"), border);
        }

        private ParityInputs examples() {
            return new ParityInputs(file.graph().inputs(), Map.of());
        }

        Parity parity() throws IOException {
            return new ParityCheck(file, reference(), examples(), Tolerance.strict()).run();
        }

        String firstDifference() throws IOException {
            return new FirstDifference(file, reference(), examples(), Tolerance.strict())
                    .find()
                    .orElse("");
        }
    }

    @Test
    void aRightExportAgreesAtTwoBatchSizesAndTwoSizesOfEachAxis() throws IOException {
        Parity parity = Setup.of(new Loops(1, false)).parity();
        assertTrue(parity.agrees(), parity.disagreement());
        assertEquals(2 * (2 * 21 * 39 + 3 * 2 * 34 * 56), parity.values());
    }

    @Test
    void theFirstNodeThatDiffersIsNamedWithBothValues() throws IOException {
        Setup wrong = Setup.of(new Loops(1.5, true));
        assertFalse(wrong.parity().agrees());
        String sentence = wrong.firstDifference();
        assertTrue(
                sentence.matches(
                        "The first of 3 tensors that differs at batch 1 is written by Add '/shift/Add', value \\d+: "
                                + "\\S+ in the framework, \\S+ in ONNX Runtime\\."),
                sentence);
    }

    @Test
    void aNetworkThatTellsNothingBetweenIsNamedByItsOutput() throws IOException {
        String sentence = Setup.of(new Loops(1.5, false)).firstDifference();
        assertTrue(
                sentence.contains("The first of 1 tensors that differs at batch 1 is written by Relu '/act/Relu'"),
                sentence);
    }

    /** Happens if a framework reports a value in another type than the graph's. */
    @Test
    void aDisagreementIsNotLostWhereItsPlaceCannotBeTold() throws IOException {
        Setup wrong = Setup.of(new Loops(1.5, true));
        SourceNetwork confused = new Loops(1, true) {
            @Override
            public Map<String, Tensor> intermediates(List<Tensor> inputs) {
                return Map.of("/scale/Mul_output_0", Tensor.ofLongs(new long[] {1}, 1));
            }
        };
        UnverifiedExport draft = new UnverifiedExport(
                new NetworkRuns(confused, "Loops"),
                wrong.file(),
                wrong.file(),
                wrong.border(),
                Tolerance.strict(),
                wrong.examples());
        Parity parity = draft.parity();
        assertFalse(parity.agrees());
        assertTrue(
                parity.firstDifference().startsWith("The first node that differs could not be found: "),
                parity.firstDifference());
    }

    @Test
    void aGraphThatAgreesHasNoFirstDifference() throws IOException {
        assertEquals("", Setup.of(new Loops(1, true)).firstDifference());
    }

    @Test
    void aGraphThatIsRightBeforeThePassesAloneBlamesThem() throws IOException {
        Setup right = Setup.of(new Loops(1, true));
        Setup wrong = Setup.of(new Loops(1.5, true));
        UnverifiedExport draft = new UnverifiedExport(
                new NetworkRuns(right.network(), "Loops"),
                right.file(),
                wrong.file(),
                right.border(),
                Tolerance.strict(),
                wrong.examples());
        assertEquals(
                "The graph agrees as it was first emitted, so one of the exporter's graph passes is at" + " fault.",
                draft.parity().firstDifference());
    }

    @Test
    void parityIsToldForEachOutputBatchAndLevelOfOptimisation() throws IOException {
        Parity wrong = Setup.of(new Loops(1.5, false)).parity().withFirstDifference("It began with Add.");
        assertEquals(4, wrong.outcomes().size());
        assertEquals(0.5, wrong.maxAbsolute(), 1e-6);
        String[] lines = wrong.toString().split("\n");
        assertEquals("ONNX Runtime does not agree:", lines[0]);
        assertTrue(
                lines[2].matches("  /act/Relu_output_0 at batch 3: DIFFERS, value \\d+: \\S+ in the framework, .*"),
                lines[2]);
        assertTrue(lines[3].startsWith("  /act/Relu_output_0 at batch 1 with optimisations: DIFFERS"), lines[3]);
        assertEquals("It began with Add.", lines[5]);
        String right = Setup.of(new Loops(1, false)).parity().toString();
        assertEquals(
                "ONNX Runtime agrees: largest difference 0 over 26,124 values, at batch 1 and 3, with optimisations and"
                        + " without",
                right);
    }

    @Test
    void theFieldsThatScriptsReadStayInItsJson() throws IOException {
        String json = Json.compact(Setup.of(new Loops(1, false)).parity());
        assertTrue(
                json.startsWith("{\"values\":26124,\"batches\":[1,3],\"maxAbsolute\":0.0,\"maxError\":0.0,"
                        + "\"disagreement\":\"\",\"firstDifference\":\"\",\"outcomes\":[{"),
                json);
    }

    private static Difference difference(Tensor expected, Tensor actual) {
        return Difference.of(expected, actual, Tolerance.strict(), Difference.Sides.FRAMEWORK);
    }

    private static Tensor numbers(float... values) {
        return Tensor.of(values, values.length);
    }

    @Test
    void aValueThatIsNoNumberOnOneSideIsTheWorstDisagreement() {
        assertFalse(difference(numbers(Float.NaN), numbers(Float.NaN)).agrees());
        Difference one = difference(numbers(1, 2), numbers(9, Float.NaN));
        assertFalse(one.agrees());
        assertEquals("value 1: 2.0 in the framework, NaN in ONNX Runtime", one.worst());
        assertEquals(Double.POSITIVE_INFINITY, one.maxError());
    }

    @Test
    void anotherShapeIsADisagreement() {
        Difference difference = difference(Tensor.of(new float[6], 3, 2), Tensor.of(new float[6], 2, 3));
        assertFalse(difference.agrees());
        assertEquals("shape: [3, 2] in the framework, [2, 3] in ONNX Runtime", difference.worst());
    }

    @Test
    void examplesRepeat() {
        Loops network = new Loops(1, false);
        ParityInputs examples = new ParityInputs(network.inputs(), Map.of());
        assertArrayEquals(
                examples.of(3).get("x").floats(), examples.of(3).get("x").floats());
    }
}
