package dev.jzoo.onnx.passes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphCostTest {

    private final GraphBuilder graph = new GraphBuilder(17);

    private String weight(String name, long... dims) {
        int size = (int) java.util.Arrays.stream(dims).reduce(1, Math::multiplyExact);
        return graph.weight(name, TensorData.of(new float[size], dims));
    }

    @Test
    void aSmallConvolutionalNetworkIsCountedByHand() {
        graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(3, 32, 24)));
        String conv = graph.op("Conv", "x", weight("c", 8, 3, 3, 3))
                .ints("pads", 1, 1, 1, 1)
                .ints("strides", 2, 2)
                .emit();
        String depthwise = graph.op("Conv", conv, weight("d", 8, 1, 3, 3))
                .integer("group", 8)
                .emit();
        String pooled = graph.op("MaxPool", depthwise)
                .ints("kernel_shape", 2, 2)
                .ints("strides", 2, 2)
                .emit();
        String large = graph.op("ConvTranspose", pooled, weight("t", 8, 4, 2, 2))
                .ints("strides", 2, 2)
                .emit();
        String flat = graph.op("Flatten", large).integer("axis", 1).emit();
        graph.op("Gemm", flat, weight("g", 10, 4 * 14 * 10), weight("b", 10))
                .integer("transB", 1)
                .emit();
        long expected = 8 * 16 * 12 * 3 * 9 // 32 x 24 halved
                + 8 * 14 * 10 * 9 // one channel per group, no padding
                + 8 * 7 * 5 * 4 * 4 // every input value to 4 channels of 2 x 2
                + 10 * 4 * 14 * 10;
        assertEquals(new GraphCost(expected, List.of()), GraphCost.of(graph.build("g")));
    }

    @Test
    void recurrentLayersCostTheirWeightsAtEachStepAndNeedTheLength() {
        graph.input(
                new ValueInfo("x", DataType.FLOAT, List.of(Dimension.of("time"), Dimension.BATCH, Dimension.of(5))));
        String y = graph.op("LSTM", "x", weight("w", 2, 12, 5), weight("r", 2, 12, 3))
                .integer("hidden_size", 3)
                .text("direction", "bidirectional")
                .emit();
        graph.op("MatMul", y, weight("m", 3, 4)).emit();
        Graph built = graph.build("g");
        long steps = 7L * (2 * 12 * 5 + 2 * 12 * 3) + 7 * 2 * 3 * 4;
        assertEquals(new GraphCost(steps, List.of()), GraphCost.of(built, Map.of("time", 7L)));
    }

    @Test
    void nodesWhoseShapesAreNotKnownAreNamed() {
        graph.input(
                new ValueInfo("x", DataType.FLOAT, List.of(Dimension.BATCH, Dimension.of("time"), Dimension.of(5))));
        graph.scope("head").op("MatMul", "x", weight("m", 5, 4)).emit();
        assertEquals(new GraphCost(0, List.of("MatMul '/head/MatMul'")), GraphCost.of(graph.build("g")));
    }

    /** Makes every tensor an output, so that ONNX Runtime reports its real shape. */
    @Test
    void shapesAreThoseThatOnnxRuntimeGives() throws IOException {
        graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(4, 9, 13)));
        String pooled = graph.op("AveragePool", "x")
                .ints("kernel_shape", 3, 2)
                .ints("strides", 2, 3)
                .ints("pads", 1, 0, 0, 1)
                .integer("ceil_mode", 1)
                .emit();
        String same = graph.op("Conv", pooled, weight("c", 6, 4, 3, 3))
                .text("auto_pad", "SAME_UPPER")
                .ints("strides", 2, 2)
                .emit();
        graph.op("ConvTranspose", same, weight("t", 6, 2, 3, 3))
                .ints("strides", 2, 3)
                .ints("output_padding", 1, 0)
                .ints("pads", 1, 0, 1, 1)
                .emit();
        graph.op("GlobalMaxPool", same).emit();
        String padded =
                graph.op("Pad", "x", graph.constant(0, 0, 1, 2, 0, 1, 0, 0)).emit();
        String cut = graph.op(
                        "Slice",
                        padded,
                        graph.constant(-1L),
                        graph.constant(-8L),
                        graph.constant(3L),
                        graph.constant(-2L))
                .emit();
        List<String> parts =
                graph.op("Split", cut).ints("split", 2, 3).integer("axis", 1).emit(2);
        String joined = graph.op("Concat", parts.get(1), parts.get(0), parts.get(1))
                .integer("axis", 1)
                .emit();
        String scales = graph.constant(TensorData.of(new float[] {1, 1, 2.5f, 0.5f}, 4));
        graph.op("Resize", joined, "", scales).text("mode", "nearest").emit();
        String shape = graph.op("Shape", joined).emit();
        String rows = graph.op("Gather", shape, graph.constant(2L)).emit();
        String target =
                graph.op("Concat", graph.constant(-1L), rows).integer("axis", 0).emit();
        String matrix = graph.op("Reshape", joined, target).emit();
        graph.op("MatMul", matrix, graph.op("Transpose", matrix).emit()).emit();
        graph.op("Squeeze", graph.op("Unsqueeze", matrix, graph.constant(-1, 1)).emit(), graph.constant(1L))
                .emit();
        graph.op("ReduceMean", "x").ints("axes", -1, 1).integer("keepdims", 0).emit();
        graph.op("Expand", graph.op("ReduceMax", "x").ints("axes", 2).emit(), graph.constant(1, 1, 5, 1))
                .emit();
        graph.op("Add", "x", weight("bias", 4, 1, 1)).emit();
        Graph built = graph.build("g");
        Map<String, long[]> shapes = ShapeInference.of(built, Map.of("batch", 2L));
        List<ValueInfo> outputs = new ArrayList<>();
        built.nodes().forEach(node -> node.outputs()
                .forEach(name -> outputs.add(new ValueInfo(
                        name,
                        node.opType().equals("Shape")
                                        || shape.equals(node.inputs().get(0))
                                        || name.equals(target)
                                ? DataType.INT64
                                : DataType.FLOAT,
                        Collections.nCopies(shapes.get(name).length, new Dimension.UnknownDimension())))));
        OnnxFile file = OnnxFile.of(17, new OnnxFile.Producer("test", ""), built.withOutputs(outputs), Map.of());
        try (OnnxModel model = OnnxModel.open(file.toBytes(), "shapes", Device.cpu())) {
            Map<String, Tensor> results = model.run(Map.of("x", Tensor.of(new float[2 * 4 * 9 * 13], 2, 4, 9, 13)));
            results.forEach((name, value) -> assertArrayEquals(value.shape(), shapes.get(name), name));
        }
    }
}
