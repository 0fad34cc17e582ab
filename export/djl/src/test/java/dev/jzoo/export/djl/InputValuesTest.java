package dev.jzoo.export.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.modality.nlp.DefaultVocabulary;
import ai.djl.modality.nlp.embedding.TrainableWordEmbedding;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.GRU;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;
import dev.jzoo.export.DisagreementException;
import dev.jzoo.export.ExportReport;
import dev.jzoo.export.InputDeclarationException;
import dev.jzoo.export.InputValues;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.zoo.card.Dimension;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Tests networks that do not accept every number. They are compared where they are finite, or not written. */
class InputValuesTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();

    @TempDir
    Path folder;

    @AfterAll
    static void closeManager() {
        MANAGER.close();
    }

    /** Layers in fields, which the block tree does not contain. All of them name their weight "weight". */
    private static final class Prices extends AbstractBlock {
        private final Linear first = Linear.builder().setUnits(4).build();
        private final Linear second = Linear.builder().setUnits(4).build();

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList in, boolean training, PairList<String, Object> params) {
            NDArray inner =
                    first.forward(store, new NDList(in.head().log()), training).head();
            return second.forward(store, new NDList(inner.tanh()), training);
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
            for (Linear layer : List.of(first, second)) {
                layer.setInitializer(new NormalInitializer(0.5f), Parameter.Type.WEIGHT);
                layer.initialize(manager, type, shapes[0]);
            }
        }

        @Override
        public Shape[] getOutputShapes(Shape[] shapes) {
            return shapes;
        }
    }

    /** Two recurrent layers in fields. Their parameters are merged, under names derived from them. */
    private static final class TwoRecurrent extends AbstractBlock {
        private final GRU first = GRU.builder().setStateSize(3).setNumLayers(1).build();
        private final GRU second = GRU.builder().setStateSize(3).setNumLayers(1).build();

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList in, boolean training, PairList<String, Object> params) {
            NDList inner = first.forward(store, new NDList(in.head()), training);
            return new NDList(
                    second.forward(store, new NDList(inner.head()), training).head());
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
            first.initialize(manager, type, shapes[0]);
            second.initialize(manager, type, shapes[0]);
        }

        @Override
        public Shape[] getOutputShapes(Shape[] shapes) {
            return shapes;
        }
    }

    private static float[] run(Block block, float[] x, long... shape) {
        try (NDArray given = MANAGER.create(x, new Shape(shape))) {
            return block.forward(new ParameterStore(MANAGER, false), new NDList(given), false)
                    .head()
                    .toFloatArray();
        }
    }

    private float[] exported(Path file, float[] x, long... shape) throws Exception {
        try (OnnxModel model = OnnxModel.open(file, Device.cpu())) {
            return model.run(Map.of("x", Tensor.of(x, shape))).get("output").floats();
        }
    }

    private static OnnxExporter exporter(Block block, Object... axes) {
        var input = Cases.floats(axes);
        return OnnxExporter.of(block).input(input.name(), input.type(), input.shape());
    }

    @Test
    void layersThatShareANameAreToldApartAndComparedWhereTheLogarithmIsFinite() throws Exception {
        Block block = new Prices();
        block.initialize(MANAGER, DataType.FLOAT32, new Shape(1, 4));
        Path file = folder.resolve("prices.onnx");
        ExportReport report = exporter(block, "batch", 4).write(file);
        assertEquals(2 * (4 * 4 + 4), report.parameters());
        float[] x = {1, 2, 3, 4};
        assertArrayEquals(run(block, x, 1, 4), exported(file, x, 1, 4), 1e-5f);
    }

    @Test
    void recurrentLayersThatShareANameAreToldApart() throws Exception {
        Block block = new TwoRecurrent();
        block.initialize(MANAGER, DataType.FLOAT32, new Shape(1, 5, 3));
        Path file = folder.resolve("recurrent.onnx");
        exporter(block, "batch", 5, 3).write(file);
        float[] x = new float[15];
        Random random = new Random(4);
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        assertArrayEquals(run(block, x, 1, 5, 3), exported(file, x, 1, 5, 3), 1e-5f);
    }

    @Test
    void aLayerThatIsUsedTwiceHasOneWeight() throws Exception {
        Linear shared = Linear.builder().setUnits(4).build();
        Block block = new SequentialBlock()
                .add(shared)
                .add(list -> new NDList(list.head().tanh()))
                .add(shared);
        block.initialize(MANAGER, DataType.FLOAT32, new Shape(1, 4));
        assertEquals(4 * 4 + 4, exporter(block, "batch", 4).report().parameters());
    }

    /** Each function is finite somewhere, but usually not at normal deviates. */
    @TestFactory
    Stream<DynamicTest> aFunctionIsComparedWhereItIsFinite() {
        Map<String, UnaryOperator<NDArray>> functions = Map.of(
                "square root", NDArray::sqrt,
                "reciprocal of the root of what lies above 1",
                        x -> x.sub(1).sqrt().add(0.1),
                "inverse sine", NDArray::asin,
                "logarithm of a logarithm", x -> x.log().log(),
                "power of 1.5", x -> x.pow(1.5),
                "inverse cosine", NDArray::acos,
                "exponential of an exponential", x -> x.mul(60).exp().exp(),
                "logarithm of what is below 0", x -> x.neg().log(),
                "logarithm of what lies above 5", x -> x.sub(5).log(),
                "square root of 1 - x", x -> x.neg().add(1).sqrt());
        return functions.entrySet().stream()
                .map(function -> dynamicTest(function.getKey(), () -> {
                    Block block = new LambdaBlock(
                            list -> new NDList(function.getValue().apply(list.head())));
                    ExportReport report = exporter(block, "batch", 6).report();
                    assertTrue(report.parity().agrees(), report::toString);
                    assertTrue(report.parity().values() >= 24, report::toString);
                }));
    }

    @Test
    void aNetworkThatIsFiniteNowhereIsRefusedNamingTheOutputAndWhatToDeclare() throws Exception {
        Block block = new LambdaBlock(
                list -> new NDList(list.head().add(1), list.head().sub(5e6).log()));
        OnnxExporter exporter = exporter(block, "batch", 3);
        DisagreementException e = assertThrows(DisagreementException.class, exporter::export);
        assertTrue(
                e.getMessage().contains("output_1 at batch 1, value 0 is NaN in the framework and in ONNX Runtime"),
                e.getMessage());
        assertTrue(e.hint().contains("InputValues.between("), e.hint());
        assertFalse(e.getMessage().contains(". ."), e.getMessage());
        ExportReport report = exporter.report();
        assertFalse(report.parity().agrees());
        assertTrue(report.toString().contains("NOT COMPARED"), report.toString());
    }

    @Test
    void aRangeThatIsDeclaredMakesItComparable() throws Exception {
        Block block = new LambdaBlock(list -> new NDList(list.head().sub(5e6).log()));
        ExportReport report = OnnxExporter.of(block)
                .input("x", dev.jzoo.onnx.DataType.FLOAT, Dimension.batchOf(3), InputValues.between(6e6, 9e6))
                .export()
                .report();
        assertTrue(report.parity().agrees());
    }

    @Test
    void anExampleIsRepeatedAtEachSize() throws Exception {
        Block block = new LambdaBlock(list -> new NDList(list.head().sub(5e6).log()));
        Tensor example = Tensor.of(new float[] {6e6f, 7e6f, 8e6f, 9e6f, 7.5e6f, 6.5e6f}, 2, 3);
        OnnxExporter exporter = OnnxExporter.of(block)
                .input("x", dev.jzoo.onnx.DataType.FLOAT, Dimension.batchOf(3), InputValues.of(example));
        assertTrue(exporter.export().report().parity().agrees());
        OnnxExporter other = OnnxExporter.of(block)
                .input("x", dev.jzoo.onnx.DataType.FLOAT, Dimension.batchOf(4), InputValues.of(example));
        assertEquals(
                "The example for input 'x' has the shape [2, 3], but the input has [batch, 4].",
                assertThrows(IllegalArgumentException.class, other::export).getMessage());
    }

    /** A table whose first column is one of four categories. */
    private static Block table() {
        Block embedding = TrainableWordEmbedding.builder()
                .setEmbeddingSize(3)
                .setVocabulary(new DefaultVocabulary(List.of("a", "b", "c", "d")))
                .build();
        embedding.initialize(MANAGER, DataType.FLOAT32, new Shape(1));
        Block block = new ParallelBlock(
                lists -> new NDList(NDArrays.concat(
                        new NDList(lists.get(0).head(), lists.get(1).head()), 1)),
                List.of(
                        new SequentialBlock()
                                .add(list -> new NDList(list.head().get(":, 0").toType(DataType.INT64, false)))
                                .add(embedding),
                        new SequentialBlock().add(list -> new NDList(list.head().get(":, 1:")))));
        block.initialize(MANAGER, DataType.FLOAT32, new Shape(1, 5));
        return block;
    }

    @Test
    void aColumnOfCategoriesIsFoundByWhatTheTableTakes() throws Exception {
        Path file = folder.resolve("table.onnx");
        Block block = table();
        exporter(block, "batch", 5).write(file);
        float[] rows = {3, 0.5f, -1, 2, 0.25f, 2, 1, 1, 1, 1};
        assertArrayEquals(run(block, rows, 2, 5), exported(file, rows, 2, 5), 1e-6f);
    }

    @Test
    void categoriesThatAreDeclaredTooLargeAreRefusedInWords() {
        OnnxExporter exporter = OnnxExporter.of(table())
                .input("x", dev.jzoo.onnx.DataType.FLOAT, Dimension.batchOf(5), InputValues.between(0, 40));
        InputDeclarationException e = assertThrows(InputDeclarationException.class, exporter::export);
        assertTrue(
                e.getMessage().startsWith("Cannot export the block: in DJL it fails on inputs of shape")
                        || e.getMessage().startsWith("The export cannot be compared: DJL itself fails on inputs of "),
                e.getMessage());
        assertTrue(e.getMessage().contains("Declare "), e.getMessage());
    }

    /** The network does not reveal that ids count from 1 in front of its table. */
    @Test
    void idsThatArithmeticChangesAreDrawnUpToTheLastOfTheTable() throws Exception {
        NDArray rows = MANAGER.randomNormal(new Shape(37, 3));
        Block block = new LambdaBlock(
                list -> new NDList(Embedding.embedding(list.head().add(1).maximum(0), rows, SparseFormat.DENSE)));
        var ids = Cases.input("ids", dev.jzoo.onnx.DataType.INT64, "batch", "time");
        OnnxExporter exporter = OnnxExporter.of(block).input(ids.name(), ids.type(), ids.shape());
        OnnxFile right = exporter.export().file();
        assertTrue(exporter.compare(right).parity().agrees());
        assertFalse(
                exporter.compare(withLastValueChanged(right, 37 * 3)).parity().agrees());
    }

    private static OnnxFile withLastValueChanged(OnnxFile file, int size) {
        Graph graph = file.graph();
        Map<String, TensorData> weights = new LinkedHashMap<>(graph.initializers());
        weights.replaceAll((name, weight) -> {
            if (weight.elements() != size) {
                return weight;
            }
            float[] values = weight.floats();
            values[size - 1] += 0.5f;
            return TensorData.of(values, weight.dims());
        });
        return file.withGraph(
                new Graph(graph.name(), graph.inputs(), graph.outputs(), weights, graph.nodes(), graph.values()));
    }
}
