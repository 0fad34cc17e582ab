package dev.jzoo.export.djl;

import static dev.jzoo.onnx.DataType.FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.LSTM;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.Postprocessing;
import dev.jzoo.export.SourceNetwork;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.Arrays;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DjlExportTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    private static <B extends Block> B initialised(B block, long... shape) {
        block.initialize(MANAGER, DataType.FLOAT32, new Shape(shape));
        return block;
    }

    private static OnnxExporter.Exported export(Block block) throws Exception {
        OnnxExporter.Exported exported = OnnxExporter.of(block).export();
        assertEquals(List.of(), GraphChecker.faults(exported.file()));
        assertTrue(exported.report().parity().agrees());
        return exported;
    }

    private static List<String> operators(OnnxExporter.Exported exported) {
        return exported.file().graph().nodes().stream().map(Node::opType).toList();
    }

    @Test
    void linearIsOneGemm() throws Exception {
        OnnxExporter.Exported exported =
                export(initialised(Linear.builder().setUnits(10).build(), 1, 784));
        assertEquals(List.of("Gemm"), operators(exported));
        assertEquals(
                "[batch, 784]",
                Dimension.format(exported.file().graph().inputs().get(0).shape()));
        assertEquals(
                "[batch, 10]",
                Dimension.format(exported.file().graph().outputs().get(0).shape()));
    }

    @Test
    void aConvolutionalNetworkKeepsItsBlocksAsNamesOfItsWeights() throws Exception {
        SequentialBlock network = new SequentialBlock()
                .add(Conv2d.builder()
                        .setKernelShape(new Shape(3, 3))
                        .optPadding(new Shape(1, 1))
                        .setFilters(4)
                        .build())
                .add(BatchNorm.builder().build())
                .add(Activation::relu)
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(5).build());
        OnnxExporter.Exported exported = export(initialised(network, 1, 3, 8, 6));
        assertEquals(List.of("Conv", "BatchNormalization", "Relu", "MaxPool", "Flatten", "Gemm"), operators(exported));
        assertTrue(exported.file().graph().initializers().containsKey("01Conv2d.weight"));
    }

    @Test
    void anLstmThatGivesItsLastStepAgrees() throws Exception {
        SequentialBlock network = new SequentialBlock()
                .add(LSTM.builder().setNumLayers(2).setStateSize(4).build())
                .add(new LambdaBlock(list -> new NDList(list.head().get(":, -1"))))
                .add(Linear.builder().setUnits(1).build());
        OnnxExporter.Exported exported = export(initialised(network, 1, 12, 3));
        assertEquals(2, operators(exported).stream().filter("LSTM"::equals).count());
    }

    @Test
    void everyPrimitiveWithoutAnOnnxFormIsNamedAtOnce() {
        Block block = initialised(
                new SequentialBlock()
                        .add(Linear.builder().setUnits(3).build())
                        .add(list -> new NDList(list.head().erfinv().gammaln()))
                        .add(list -> new NDList(list.head().median(new int[] {1}))),
                1,
                4);
        UnsupportedNetworkException e = assertThrows(
                UnsupportedNetworkException.class, () -> OnnxExporter.of(block).export());
        assertTrue(e.getMessage().contains("erfinv"), e.getMessage());
    }

    @Test
    void aForwardPassThatReadsValuesIsRefusedWithTheReason() {
        Block block = initialised(
                new SequentialBlock()
                        .add(Linear.builder().setUnits(3).build())
                        .add(list -> list.head().getFloat(0, 0) > 0
                                ? list
                                : new NDList(list.head().neg())),
                1,
                4);
        UnsupportedNetworkException e = assertThrows(
                UnsupportedNetworkException.class, () -> OnnxExporter.of(block).export());
        assertTrue(e.getMessage().contains("getFloat"), e.getMessage());
    }

    @Test
    void aBlockWithoutValuesIsRefusedNamingItsParameters() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> OnnxExporter.of(
                        new SequentialBlock().add(Linear.builder().setUnits(3).build()))
                .export());
        assertTrue(e.getMessage().contains("01Linear.weight"), e.getMessage());
    }

    @Test
    void inPlacePrimitivesLeaveTheWeightsOfTheNetworkAlone() throws Exception {
        Block block = initialised(
                new SequentialBlock()
                        .add(Linear.builder().setUnits(3).build())
                        .add(list -> new NDList(list.head().addi(1).muli(2))),
                1,
                4);
        assertEquals(List.of("Gemm", "Add", "Mul"), operators(export(block)));
    }

    @Test
    void equalNetworksGiveEqualBytes() throws Exception {
        Block block = initialised(Linear.builder().setUnits(10).build(), 1, 784);
        assertArrayEquals(export(block).file().toBytes(), export(block).file().toBytes());
    }

    @Test
    void nodesAreNamedAfterTheBlockTheyCameFrom() throws Exception {
        SequentialBlock features = new SequentialBlock()
                .add(Conv2d.builder()
                        .setKernelShape(new Shape(3, 3))
                        .setFilters(4)
                        .build())
                .add(Activation::relu)
                .add(Pool.maxPool2dBlock(new Shape(2, 2)));
        SequentialBlock network = new SequentialBlock()
                .add(features)
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(5).build());
        OnnxExporter.Exported exported = export(initialised(network, 1, 3, 8, 6));
        assertEquals(
                List.of(
                        "/01SequentialBlock/01Conv2d/Conv",
                        "/01SequentialBlock/02LambdaBlock/Relu",
                        "/01SequentialBlock/03LambdaBlock/MaxPool",
                        "/02LambdaBlock/Flatten",
                        "/03Linear/Gemm"),
                exported.file().graph().nodes().stream().map(Node::name).toList());
    }

    @Test
    void whatNoOutputReadsIsLeftOut() throws Exception {
        SequentialBlock network = new SequentialBlock()
                .add(LSTM.builder().setNumLayers(2).setStateSize(4).build())
                .add(list -> {
                    list.head().erfinv();
                    return list;
                });
        assertEquals(
                List.of("Transpose", "LSTM", "Squeeze", "LSTM", "Squeeze", "Transpose"),
                operators(export(initialised(network, 1, 12, 3))));
    }

    @Test
    void postProcessingStandsBehindTheFirstOfSeveralOutputs() throws Exception {
        Block lstm = LSTM.builder()
                .setNumLayers(1)
                .setStateSize(4)
                .optReturnState(true)
                .build();
        List<Dimension> state = List.of(Dimension.of(1), Dimension.BATCH, Dimension.of(4));
        OnnxExporter exporter = OnnxExporter.of(initialised(lstm, 1, 12, 3))
                .input("x", FLOAT, List.of(Dimension.BATCH, Dimension.of("time"), Dimension.of(3)))
                .input("hidden_in", FLOAT, state)
                .input("cell_in", FLOAT, state)
                .after(Postprocessing.softmax("probabilities"));
        assertEquals(
                List.of("probabilities", "hidden_out", "cell_out"),
                outputs(exporter.outputs("hidden_out", "cell_out").export()));
        assertEquals(
                List.of("probabilities", "output_1", "output_2"),
                outputs(exporter.outputs().export()));
        assertThrows(IllegalArgumentException.class, () -> exporter.outputs("probabilities", "hidden_out", "cell_out")
                .export());
    }

    private static List<String> outputs(OnnxExporter.Exported exported) {
        assertTrue(exported.report().parity().agrees());
        return exported.file().graph().outputs().stream().map(ValueInfo::name).toList();
    }

    /** If only the first rows of a table were compared, the others could be wrong. */
    @Test
    void identifiersAreDrawnFromTheWholeTable() {
        NDArray table = MANAGER.randomNormal(new Shape(40, 3));
        Block embedding =
                new SequentialBlock().add(list -> Embedding.embedding(list.head(), table, SparseFormat.DENSE));
        ValueInfo ids = new ValueInfo("ids", dev.jzoo.onnx.DataType.INT64, Dimension.batchOf(100));
        try (SourceNetwork network = new DjlFrontEnd().open(embedding, List.of(ids))) {
            GraphBuilder graph = new GraphBuilder(17);
            network.emit(graph, List.of(graph.input(ids)));
            LongSummaryStatistics drawn = Arrays.stream(network.values(ids)
                            .draw(
                                    ids,
                                    dim -> dim instanceof Dimension.FixedDimension fixed ? fixed.size() : 3,
                                    new Random(1))
                            .longs())
                    .summaryStatistics();
            assertEquals(0, drawn.getMin());
            assertEquals(39, drawn.getMax());
        }
    }
}
