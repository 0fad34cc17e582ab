package dev.jzoo.training.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDManager;
import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.training.Compute;
import dev.jzoo.training.djl.DjlEngine;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators that ONNX's own tests leave out, or have in one type only: the block gives what ONNX Runtime gives. */
class OperatorsAgainstRuntimeTest {

    private static final Map<String, Long> OPSETS = Map.of("", 20L, "com.microsoft", 1L);

    /** A node with constants behind its first input. */
    private record OneNode(
            String opType, String domain, List<TensorData> inputs, Map<String, Attribute> attributes, int outputs) {

        static OneNode of(String opType, TensorData... inputs) {
            return new OneNode(opType, "", List.of(inputs), Map.of(), 1);
        }

        static OneNode contributed(String opType, TensorData... inputs) {
            return new OneNode(opType, "com.microsoft", List.of(inputs), Map.of(), 1);
        }

        OneNode with(String name, Attribute value) {
            Map<String, Attribute> more = new LinkedHashMap<>(attributes);
            more.put(name, value);
            return new OneNode(opType, domain, inputs, more, outputs);
        }

        OneNode outputs(int count) {
            return new OneNode(opType, domain, inputs, attributes, count);
        }

        OnnxFile file() {
            Map<String, TensorData> constants = new LinkedHashMap<>();
            List<String> names = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                names.add("x" + i);
                if (i > 0) {
                    constants.put("x" + i, inputs.get(i));
                }
            }
            List<String> written = new ArrayList<>();
            for (int i = 0; i < outputs; i++) {
                written.add("y" + i);
            }
            Node node = new Node(opType, domain, "node", names, written, new TreeMap<>(attributes));
            DataType type = opType.equals("Not") ? DataType.BOOL : result();
            Graph graph = new Graph(
                    "one",
                    List.of(new ValueInfo(
                            "x0", inputs.get(0).type(), inputs.get(0).shape())),
                    List.of(new ValueInfo("y0", type, open(inputs.get(0).dims().length))),
                    constants,
                    List.of(node),
                    List.of());
            return new OnnxFile(9, new TreeMap<>(OPSETS), new OnnxFile.Producer("a test", ""), graph, new TreeMap<>());
        }

        private DataType result() {
            return switch (opType) {
                case "QuantizeLinear", "QLinearMatMul", "QLinearConv", "DynamicQuantizeLinear" -> DataType.UINT8;
                case "MatMulInteger", "ConvInteger" -> DataType.INT32;
                case "DequantizeLinear" -> DataType.FLOAT;
                default -> inputs.get(0).type();
            };
        }

        private static List<Dimension> open(int rank) {
            return Stream.generate(Dimension.UnknownDimension::new)
                    .limit(rank)
                    .map(Dimension.class::cast)
                    .toList();
        }

        @Override
        public String toString() {
            return opType + attributes;
        }
    }

    private static final Random RANDOM = new Random(11);

    private static TensorData floats(long... dims) {
        int count = 1;
        for (long dim : dims) {
            count *= (int) dim;
        }
        return Passes.floats(count, dims, RANDOM);
    }

    private static TensorData bytes(long... dims) {
        int count = 1;
        for (long dim : dims) {
            count *= (int) dim;
        }
        byte[] values = new byte[count];
        RANDOM.nextBytes(values);
        return TensorData.of(DataType.UINT8, ByteBuffer.wrap(values), dims);
    }

    private static TensorData one(int value) {
        return TensorData.of(DataType.UINT8, ByteBuffer.wrap(new byte[] {(byte) value}));
    }

    static Stream<OneNode> nodes() {
        Attribute yes = new Attribute.Int(1);
        return Stream.of(
                OneNode.contributed("Gelu", floats(3, 4)),
                OneNode.contributed("BiasGelu", floats(3, 4), floats(4)),
                OneNode.contributed("FastGelu", floats(3, 4), floats(4)),
                OneNode.contributed("QuickGelu", floats(3, 4)).with("alpha", new Attribute.Real(1.5f)),
                OneNode.contributed("FusedMatMul", floats(2, 3, 4), floats(2, 5, 4))
                        .with("transB", yes)
                        .with("alpha", new Attribute.Real(0.25f)),
                OneNode.contributed("FusedMatMul", floats(4, 3), floats(4, 5)).with("transA", yes),
                OneNode.contributed(
                                "SkipLayerNormalization",
                                floats(2, 3, 4),
                                floats(2, 3, 4),
                                floats(4),
                                floats(4),
                                floats(4))
                        .with("epsilon", new Attribute.Real(1e-5f)),
                OneNode.contributed("SkipSimplifiedLayerNormalization", floats(2, 3, 4), floats(2, 3, 4), floats(4))
                        .with("epsilon", new Attribute.Real(1e-5f)),
                OneNode.of("Range", TensorData.scalar(1f), TensorData.scalar(9f), TensorData.scalar(1.5f)),
                OneNode.of("Not", TensorData.of(DataType.BOOL, ByteBuffer.wrap(new byte[] {0, 1, 1}), 3)),
                OneNode.of("Einsum", floats(2, 3, 4), floats(2, 5, 4))
                        .with("equation", new Attribute.Text("bij,bkj->ikb")),
                OneNode.of("Einsum", floats(3, 3)).with("equation", new Attribute.Text("ii")),
                OneNode.of("Einsum", floats(2, 3), floats(3, 4)).with("equation", new Attribute.Text("ab,bc")),
                OneNode.of(
                        "Trilu",
                        TensorData.of(
                                new float[] {
                                    Float.NEGATIVE_INFINITY,
                                    1,
                                    2,
                                    Float.POSITIVE_INFINITY,
                                    3,
                                    4,
                                    5,
                                    6,
                                    Float.NEGATIVE_INFINITY
                                },
                                3,
                                3)),
                OneNode.of("TopK", TensorData.of(new float[] {1, 3, 3, 0, 3, 1}, 2, 3), TensorData.vector(2))
                        .outputs(2),
                OneNode.of(
                                "QuantizeLinear",
                                floats(2, 3),
                                TensorData.of(new float[] {0.01f, 0.02f, 0.005f}, 3),
                                bytes(3))
                        .with("axis", yes),
                OneNode.of("DequantizeLinear", bytes(2, 3), TensorData.scalar(0.02f), one(120)),
                OneNode.of("DynamicQuantizeLinear", floats(4, 5)).outputs(3),
                OneNode.of("MatMulInteger", bytes(3, 4), bytes(4, 2), one(7), one(200)),
                OneNode.of("ConvInteger", bytes(1, 2, 5, 4), bytes(3, 2, 3, 2), one(128), one(100))
                        .with("pads", Attribute.ints(1, 0, 1, 1)),
                OneNode.of(
                        "QLinearMatMul",
                        bytes(3, 4),
                        TensorData.scalar(0.02f),
                        one(120),
                        bytes(4, 2),
                        TensorData.scalar(0.03f),
                        one(130),
                        TensorData.scalar(0.1f),
                        one(128)),
                OneNode.of(
                                "QLinearConv",
                                bytes(1, 2, 5, 4),
                                TensorData.scalar(0.02f),
                                one(120),
                                bytes(3, 2, 3, 2),
                                TensorData.scalar(0.03f),
                                one(130),
                                TensorData.scalar(0.2f),
                                one(128))
                        .with("strides", Attribute.ints(2, 1)),
                OneNode.of("GridSample", floats(1, 2, 4, 5), floats(1, 3, 2, 2))
                        .with("padding_mode", new Attribute.Text("reflection")),
                OneNode.of("Col2Im", floats(2, 6, 4), TensorData.vector(5), TensorData.vector(2)),
                OneNode.of("Col2Im", floats(1, 12, 16), TensorData.vector(5, 4), TensorData.vector(2, 3))
                        .with("strides", Attribute.ints(2, 1))
                        .with("dilations", Attribute.ints(1, 2))
                        .with("pads", Attribute.ints(2, 1, 1, 3)),
                OneNode.of("Reshape", TensorData.of(new long[] {1, 2, 3, 4}, 4), TensorData.vector(2, 2)));
    }

    @BeforeAll
    static void startEngine() {
        new DjlEngine().start(Compute.standard(), 1);
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void theBlockGivesWhatOnnxRuntimeGives(OneNode node) throws IOException {
        OnnxFile file = node.file();
        try (NDManager manager = NDManager.newBaseManager()) {
            OnnxBlock block = Passes.initialised(OnnxBlock.of(file), manager);
            List<TensorData> inputs = List.of(node.inputs.get(0));
            Passes.assertClose(Passes.runtime(file, inputs), Passes.outputs(block, manager, inputs), 1e-4);
            assertArrayEquals(file.toBytes(), block.written().toBytes());
        }
    }
}
