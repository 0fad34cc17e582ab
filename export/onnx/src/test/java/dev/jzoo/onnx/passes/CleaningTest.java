package dev.jzoo.onnx.passes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CleaningTest {

    private final GraphBuilder graph = new GraphBuilder(17);

    @BeforeEach
    void addInput() {
        graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(2, 3, 5)));
    }

    private void output(String name, int rank) {
        graph.output(new ValueInfo(name, DataType.FLOAT, Collections.nCopies(rank, new Dimension.UnknownDimension())));
    }

    private String transpose(String value, long... perm) {
        return graph.op("Transpose", value).ints("perm", perm).emit();
    }

    private static TensorData random(long... dims) {
        Random random = new Random(7);
        float[] values = new float[(int) java.util.Arrays.stream(dims).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return TensorData.of(values, dims);
    }

    @Test
    void anIdentityGoesAndTheOutputKeepsItsName() {
        String relu = graph.op("Relu", "x").emit();
        graph.op("Identity", relu).emitAs("y");
        graph.op("Neg", relu).emitAs("z");
        output("y", 4);
        output("z", 4);
        Rewritten rewritten = Rewritten.cleaned(graph);
        assertEquals(List.of("Relu", "Neg"), rewritten.operators());
        assertEquals(List.of("y"), rewritten.after().nodes().get(0).outputs());
    }

    @Test
    void anIdentityBetweenAnInputAndAnOutputStays() {
        graph.op("Identity", "x").emitAs("y");
        graph.op("Dropout", "x").emitAs("z");
        output("y", 4);
        output("z", 4);
        assertEquals(List.of("Identity", "Dropout"), Rewritten.cleaned(graph).operators());
    }

    @Test
    void anIdentityBetweenTwoOutputsStays() {
        graph.op("Relu", "x").emitAs("y");
        graph.op("Identity", "y").emitAs("z");
        output("y", 4);
        output("z", 4);
        assertEquals(List.of("Relu", "Identity"), Rewritten.cleaned(graph).operators());
    }

    @Test
    void transposesThatUndoEachOtherGoWithElementwiseOperatorsBetweenThem() {
        String first = transpose("x", 0, 2, 3, 1);
        String scaled = graph.op("Mul", graph.op("Relu", first).emit(), graph.constant(0.5f))
                .emit();
        String clipped = graph.op("Clip", scaled, "", graph.constant(1f)).emit();
        graph.op("Neg", transpose(clipped, 0, 3, 1, 2)).emitAs("y");
        output("y", 4);
        assertEquals(
                List.of("Relu", "Mul", "Clip", "Neg"), Rewritten.cleaned(graph).operators());
    }

    @Test
    void transposesThatFollowOneAnotherBecomeOne() {
        graph.op("Transpose", transpose("x", 0, 2, 3, 1))
                .ints("perm", 1, 3, 0, 2)
                .emitAs("y");
        output("y", 4);
        Rewritten rewritten = Rewritten.cleaned(graph);
        assertEquals(
                Attribute.ints(2, 1, 0, 3),
                rewritten.after().nodes().get(0).attributes().get("perm"));
        assertEquals(1, rewritten.after().nodes().size());
    }

    @Test
    void aTransposeThatAnOutputNeedsStays() {
        graph.op("Transpose", "x").ints("perm", 0, 2, 3, 1).emitAs("y");
        graph.op("Softmax", transpose("y", 0, 3, 1, 2)).emitAs("z");
        output("y", 4);
        output("z", 4);
        Rewritten rewritten = Rewritten.cleaned(graph);
        assertEquals(List.of("Transpose", "Softmax"), rewritten.operators());
        assertEquals(List.of("x"), rewritten.after().nodes().get(1).inputs());
    }

    @Test
    void transposesAroundAnOperatorThatSeesAxesStay() {
        String softmax = graph.op("Softmax", transpose("x", 0, 2, 3, 1)).emit();
        graph.op("Transpose", softmax).ints("perm", 0, 3, 1, 2).emitAs("y");
        output("y", 4);
        assertEquals(3, Rewritten.cleaned(graph).operators().size());
    }

    @Test
    void reshapesThatFollowOneAnotherBecomeOne() {
        String flat = graph.op("Flatten", "x").integer("axis", 1).emit();
        String square = graph.op("Reshape", flat, graph.constant(0, 6, 5)).emit();
        String wide = graph.op("Unsqueeze", square, graph.constant(1L)).emit();
        graph.op("Reshape", wide, graph.constant(-1, 10, 3)).emitAs("y");
        output("y", 3);
        Rewritten rewritten = Rewritten.cleaned(graph);
        assertEquals(List.of("Reshape"), rewritten.operators());
        assertEquals("x", rewritten.after().nodes().get(0).inputs().get(0));
    }

    @Test
    void aReshapeThatCopiesAnAxisOfAnotherReshapeStays() {
        String turned = graph.op("Reshape", "x", graph.constant(5, -1, 6)).emit();
        graph.op("Reshape", turned, graph.constant(0, 3, -1)).emitAs("y");
        output("y", 3);
        assertEquals(List.of("Reshape", "Reshape"), Rewritten.cleaned(graph).operators());
    }

    @Test
    void unsqueezeAndSqueezeOfTheSameAxesGo() {
        String wide = graph.op("Unsqueeze", "x", graph.constant(1, 3)).emit();
        graph.op("Relu", graph.op("Squeeze", wide, graph.constant(1, 3)).emit()).emitAs("y");
        output("y", 4);
        assertEquals(List.of("Relu"), Rewritten.cleaned(graph).operators());
    }

    @Test
    void theTransposeOfAWeightIsComputedAndTheWeightKeepsItsName() {
        graph.weight("fc.weight", random(4, 5));
        graph.op("MatMul", "x", transpose("fc.weight", 1, 0)).emitAs("y");
        output("y", 4);
        Graph after = Rewritten.cleaned(graph).after();
        assertEquals(Set.of("fc.weight"), after.initializers().keySet());
        assertArrayEquals(
                new long[] {5, 4}, after.initializers().get("fc.weight").dims());
    }

    @Test
    void aWeightThatIsReadTwiceKeepsItsValue() {
        graph.weight("w", random(5, 5));
        String product = graph.op("MatMul", "x", transpose("w", 1, 0)).emit();
        graph.op("MatMul", product, "w").emitAs("y");
        output("y", 4);
        Graph after = Rewritten.cleaned(graph).after();
        assertEquals(Set.of("w", "/Transpose_output_0"), after.initializers().keySet());
    }

    @Test
    void arithmeticOnTheFixedAxesOfAShapeIsComputed() {
        String shape = graph.op("Shape", "x").emit();
        String channels = graph.op("Gather", shape, graph.constant(1L)).emit();
        String rows = graph.op("Gather", shape, graph.constant(-2L)).emit();
        String size = graph.op("Mul", channels, rows).emit();
        String target = graph.op("Concat", graph.constant(-1L), size, graph.constant(5L))
                .integer("axis", 0)
                .emit();
        graph.op("Reshape", "x", target).emitAs("y");
        output("y", 3);
        Rewritten rewritten = Rewritten.cleaned(graph);
        assertEquals(List.of("Reshape"), rewritten.operators());
        assertEquals(
                TensorData.vector(-1, 6, 5),
                rewritten
                        .after()
                        .initializers()
                        .get(rewritten.after().nodes().get(0).inputs().get(1)));
    }

    @Test
    void theBatchAxisIsNoConstant() {
        String shape = graph.op("Shape", "x").emit();
        String batch = graph.op("Gather", shape, graph.constant(0L)).emit();
        String target = graph.op("Concat", batch, graph.constant(-1L))
                .integer("axis", 0)
                .emit();
        graph.op("Reshape", "x", target).emitAs("y");
        output("y", 2);
        assertEquals(
                List.of("Shape", "Gather", "Concat", "Reshape"),
                Rewritten.cleaned(graph).operators());
    }

    @Test
    void constantsAreMovedCutAndCastAsOnnxRuntimeDoes() {
        graph.weight("w", random(3, 4, 5));
        String turned = graph.op(
                        "Slice",
                        transpose("w", 2, 0, 1),
                        graph.constant(-1, 2),
                        graph.constant(-9, 0),
                        graph.constant(0, 2),
                        graph.constant(-2, -1))
                .emit();
        String picked = graph.op("Gather", turned, graph.constant(1, -1, 0))
                .integer("axis", 1)
                .emit();
        String both = graph.op("Concat", picked, picked).integer("axis", 2).emit();
        String cast = graph.op("Cast", graph.constant(1, 2, 3, 4))
                .integer("to", DataType.FLOAT.code())
                .emit();
        String sum = graph.op("Div", graph.op("Add", both, cast).emit(), graph.constant(3f))
                .emit();
        String flat = graph.op(
                        "Squeeze",
                        graph.op("Reshape", sum, graph.constant(1, 0, -1)).emit(),
                        graph.constant(0L))
                .emit();
        String counts = graph.op("Reshape", flat, graph.constant(-1L)).emit();
        graph.op("Mul", graph.op("ReduceMean", "x").integer("keepdims", 0).emit(), counts)
                .emitAs("y");
        output("y", 1);
        assertEquals(List.of("ReduceMean", "Mul"), Rewritten.cleaned(graph).operators());
    }

    @Test
    void whatIsComputedTwiceIsComputedOnce() {
        String a = graph.op("Exp", transpose("x", 0, 2, 1, 3)).emit();
        String b = graph.op("Exp", transpose("x", 0, 2, 1, 3)).emit();
        graph.op("Add", a, graph.op("Softmax", b).emit()).emitAs("y");
        output("y", 4);
        assertEquals(
                List.of("Transpose", "Exp", "Softmax", "Add"),
                Rewritten.cleaned(graph).operators());
    }

    @Test
    void equalWeightsStayApartSinceEachIsAParameter() {
        graph.weight("a.gamma", random(5));
        graph.weight("b.gamma", random(5));
        graph.op(
                        "Mul",
                        graph.op("Softmax", graph.op("Mul", "x", "a.gamma").emit())
                                .emit(),
                        "b.gamma")
                .emitAs("y");
        output("y", 4);
        assertEquals(
                Set.of("a.gamma", "b.gamma"),
                Rewritten.cleaned(graph).after().initializers().keySet());
    }

    @Test
    void randomNumbersAreDrawnTwice() {
        String a = graph.op("RandomNormalLike", "x").real("seed", 1).emit();
        String b = graph.op("RandomNormalLike", "x").real("seed", 1).emit();
        graph.op("Sub", a, b).emitAs("y");
        output("y", 4);
        Graph before = graph.build("g");
        assertSame(before, GraphPass.cleaning().apply(before));
    }

    @Test
    void whatNoOutputNeedsIsLeftOut() {
        graph.weight("w", random(5, 2));
        graph.op("MatMul", "x", "w").emit();
        graph.op("Relu", "x").emitAs("y");
        graph.describe(new ValueInfo("/MatMul_output_0", DataType.FLOAT, Dimension.batchOf(2, 3, 2)));
        output("y", 4);
        Graph after = Rewritten.cleaned(graph).after();
        assertEquals(1, after.nodes().size());
        assertTrue(after.initializers().isEmpty() && after.values().isEmpty());
    }

    /** The graph is: if (flag) then identity of x, else w. Only the bodies read x and w, from outside. */
    @Test
    void whatTheBodyOfAnIfReadsKeepsItsNameAndValue() {
        graph.weight("w", random(2, 2, 3, 5));
        String same = graph.op("Identity", "x").emit();
        String copy = graph.op("Transpose", "w").ints("perm", 0, 1, 2, 3).emit();
        String total = graph.op("ReduceSum", "x").integer("keepdims", 0).emit();
        String flag = graph.op("Greater", total, graph.constant(0f)).emit();
        graph.op("If", flag)
                .attribute("then_branch", new Attribute.Subgraph(body("then", same)))
                .attribute("else_branch", new Attribute.Subgraph(body("else", copy)))
                .emitAs("y");
        output("y", 4);
        Rewritten rewritten = Rewritten.cleaned(graph);
        assertTrue(rewritten.operators().contains("If"));
        assertEquals(
                rewritten.before().nodes().size(), rewritten.after().nodes().size());
    }

    private static Graph body(String name, String read) {
        Node node = new Node("Neg", "", name, List.of(read), List.of(name + "_y"), new TreeMap<>());
        ValueInfo output =
                new ValueInfo(name + "_y", DataType.FLOAT, Collections.nCopies(4, new Dimension.UnknownDimension()));
        return new Graph(name, List.of(), List.of(output), Map.of(), List.of(node), List.of());
    }
}
