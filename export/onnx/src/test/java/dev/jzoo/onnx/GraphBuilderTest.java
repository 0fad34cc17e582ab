package dev.jzoo.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {

    private final GraphBuilder graph = new GraphBuilder(17);

    @BeforeEach
    void addInput() {
        graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(3)));
    }

    private String refusal(Runnable mistake) {
        return assertThrows(IllegalStateException.class, mistake::run).getMessage();
    }

    @Test
    void anUnknownOperatorIsRefusedByName() {
        assertTrue(refusal(() -> graph.op("Convolve", "x").emit()).contains("ONNX has no operator 'Convolve'"));
    }

    @Test
    void anOperatorFromALaterOpsetIsRefusedNamingTheOpset() {
        GraphBuilder old = new GraphBuilder(13);
        old.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(3)));
        String message = refusal(() -> old.op("GridSample", "x", "x").emit());
        assertTrue(message.contains("exists from opset 16 on; this graph has opset 13"), message);
    }

    @Test
    void anUnknownAttributeIsRefusedNamingThoseThereAre() {
        String message =
                refusal(() -> graph.op("Softmax", "x").integer("axes", 1).emit());
        assertTrue(message.contains("no attribute 'axes'; it has [axis]"), message);
    }

    @Test
    void anAttributeOfAnotherKindIsRefused() {
        String message = refusal(() -> graph.op("Softmax", "x").ints("axis", 1).emit());
        assertTrue(message.contains("of kind int, not ints"), message);
    }

    @Test
    void aMissingAttributeAndAMissingInputAreNamedTogether() {
        String message = refusal(() -> graph.op("Gather", "x").emit());
        assertTrue(message.contains("input 1 (indices) is missing"), message);
        assertTrue(refusal(() -> graph.op("Cast", "x").emit()).contains("needs the attribute to"));
    }

    @Test
    void tooManyInputsAreRefused() {
        assertTrue(refusal(() -> graph.op("Relu", "x", "x").emit()).contains("has 2 inputs, but at most 1"));
    }

    @Test
    void aNodeThatReadsWhatNothingWritesIsRefused() {
        assertTrue(refusal(() -> graph.op("Relu", "y").emit()).contains("reads 'y', which no node before it writes"));
    }

    @Test
    void twoTensorsOfOneNameAreRefused() {
        assertTrue(refusal(() -> graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(3))))
                .contains("two tensors named 'x'"));
    }

    @Test
    void twoWeightsOfOneNameAreToldApart() {
        String first = graph.weight("w", TensorData.scalar(1f));
        String second = graph.weight("w", TensorData.scalar(2f));
        assertEquals(List.of("w", "w_1"), List.of(first, second));
        graph.op("Add", graph.op("Mul", "x", first).emit(), second).emit();
        assertEquals(TensorData.scalar(2f), graph.build("g").initializers().get("w_1"));
    }

    @Test
    void nodesAreNamedAfterTheirScopeAndCounted() {
        graph.scope("features/3");
        assertEquals("/features/3/Relu_output_0", graph.op("Relu", "x").emit());
        assertEquals("/features/3/Relu_1_output_0", graph.op("Relu", "x").emit());
    }

    @Test
    void equalConstantsAreHeldOnce() {
        assertEquals(graph.constant(1L), graph.constant(1L));
        assertTrue(!graph.constant(1L).equals(graph.constant(1f)));
    }

    @Test
    void trailingInputsThatAreLeftOutAreCutOff() {
        graph.weight("w", TensorData.of(new float[3], 1, 3));
        graph.op("Gemm", "x", "w", "").integer("transB", 1).emit();
        assertEquals(List.of("x", "w"), graph.build("g").nodes().get(0).inputs());
    }

    @Test
    void weightsThatNothingReadsAreLeftOut() {
        graph.weight("unused", TensorData.scalar(1f));
        assertTrue(graph.build("g").initializers().isEmpty());
    }

    @Test
    void anInputThatIsPassedOnGetsANodeThatWritesTheOutput() {
        graph.output(new ValueInfo(graph.rename("x", "y"), DataType.FLOAT, Dimension.batchOf(3)));
        assertEquals("Identity", graph.build("g").nodes().get(0).opType());
    }

    @Test
    void theOutputOfANodeIsRenamedWithoutAFurtherNode() {
        graph.rename(graph.op("Relu", "x").emit(), "y");
        assertEquals(List.of("y"), graph.build("g").nodes().get(0).outputs());
    }
}
