package dev.jzoo.finetune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bases whose features of a picture depend on the other pictures of a call, on chance, or on a number of pictures. What is written
 * answers the same for a picture alone and among others, or nothing is.
 */
class MixedPicturesTest {

    private static final int MAPS = 8;

    @TempDir
    Path folder;

    private final Map<String, TensorData> constants = new TreeMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private Path data;

    @BeforeEach
    void draw() throws IOException {
        data = Bases.pictures(folder.resolve("data"), 8, 8);
    }

    private static Arguments mixing(String named, Consumer<MixedPicturesTest> middle) {
        return Arguments.of(named, middle);
    }

    static Stream<Arguments> mixing() {
        return Stream.of(
                mixing("ReduceMean 'mean'", it -> {
                    it.node("ReduceMean", "mean", List.of("maps"), "m", Map.of("axes", Attribute.ints(0, 2, 3)));
                    it.node("Sub", "centred", List.of("maps", "m"), "mixed", Map.of());
                }),
                mixing(
                        "MeanVarianceNormalization 'normal'",
                        it -> it.node("MeanVarianceNormalization", "normal", List.of("maps"), "mixed", Map.of())),
                mixing(
                        "Softmax 'competing'",
                        it -> it.node(
                                "Softmax",
                                "competing",
                                List.of("maps"),
                                "mixed",
                                Map.of("axis", new Attribute.Int(0)))),
                mixing("ReduceL2 'norm'", it -> {
                    it.node("ReduceL2", "norm", List.of("maps"), "n", Map.of("keepdims", new Attribute.Int(0)));
                    it.node("Div", "unit", List.of("maps", "n"), "mixed", Map.of());
                }),
                mixing(
                        "LpNormalization 'columns'",
                        it -> it.node(
                                "LpNormalization",
                                "columns",
                                List.of("maps"),
                                "mixed",
                                Map.of("axis", new Attribute.Int(0)))),
                mixing("ReduceMax 'brightest'", it -> {
                    it.node("ReduceMax", "brightest", List.of("maps"), "b", Map.of());
                    it.node("Div", "share", List.of("maps", "b"), "mixed", Map.of());
                }),
                mixing("RandomNormalLike 'noise'", it -> {
                    it.node("RandomNormalLike", "noise", List.of("maps"), "r", Map.of());
                    it.node("Add", "noisy", List.of("maps", "r"), "mixed", Map.of());
                }),
                mixing("RandomUniform 'shift'", it -> {
                    it.node("RandomUniform", "shift", List.of(), "u", Map.of("shape", Attribute.ints(1)));
                    it.node("Add", "shifted", List.of("maps", "u"), "mixed", Map.of());
                }),
                mixing("Bernoulli 'mask'", it -> {
                    it.node("Sigmoid", "chance", List.of("maps"), "p", Map.of());
                    it.node("Bernoulli", "mask", List.of("p"), "k", Map.of());
                    it.node("Mul", "masked", List.of("maps", "k"), "mixed", Map.of());
                }));
    }

    @ParameterizedTest
    @MethodSource("mixing")
    void aBaseThatMixesPicturesOrDrawsNumbersIsRefusedByItsNode(String named, Consumer<MixedPicturesTest> middle)
            throws IOException {
        middle.accept(this);
        FinetuneCase tried = FinetuneCase.of(folder, base(Dimension.BATCH)).data(data);
        JZooException refused = assertThrows(JZooException.class, tried::run);
        assertEquals(JZooException.Code.BAD_INPUT, refused.code());
        assertTrue(refused.getMessage().contains("base.onnx cannot be a base"), refused.getMessage());
        assertTrue(refused.getMessage().contains(named), refused.getMessage());
        assertFalse(Files.exists(folder.resolve("run")));
    }

    @Test
    void featuresBeforeTheNodeThatMixesPicturesCanBeNamed() throws IOException {
        node("MeanVarianceNormalization", "normal", List.of("maps"), "mixed", Map.of());
        TrainingResult result = FinetuneCase.of(folder, base(Dimension.BATCH))
                .data(data)
                .features("maps")
                .run();
        assertEquals(0, FinetuneCase.disturbance(result, Bases.SIDE), 1e-6);
    }

    @Test
    void aDropoutInTrainingModeDropsNothing() throws IOException {
        constants.put("yes", TensorData.of(DataType.BOOL, ByteBuffer.wrap(new byte[] {1})));
        node("Dropout", "dropout", List.of("maps", "", "yes"), "mixed", Map.of());
        TrainingResult result =
                FinetuneCase.of(folder, base(Dimension.BATCH)).data(data).run();
        assertEquals(0, FinetuneCase.disturbance(result, Bases.SIDE), 1e-6);
    }

    @Test
    void aBaseThatScalesByAllPicturesOfACallTakesOneAtATime() throws IOException {
        node("ReduceMean", "pool", List.of("maps"), "mean", Map.of("axes", Attribute.ints(2, 3)));
        node("Flatten", "flat", List.of("mean"), "row", Map.of());
        nodes.add(new Node(
                "DynamicQuantizeLinear", "", "quantize", List.of("row"), List.of("q", "s", "z"), new TreeMap<>()));
        constants.put("wq", TensorData.of(DataType.INT8, ByteBuffer.wrap(new byte[MAPS * 5]), MAPS, 5));
        constants.put("ws", TensorData.scalar(0.1f));
        node("MatMulInteger", "fc", List.of("q", "wq", "z"), "sums", Map.of());
        node("Cast", "real", List.of("sums"), "numbers", Map.of("to", new Attribute.Int(1)));
        node("Mul", "scales", List.of("s", "ws"), "sw", Map.of());
        node("Mul", "scaled", List.of("numbers", "sw"), "scores", Map.of());
        FinetuneCase tried =
                FinetuneCase.of(folder, file(Dimension.BATCH, "scores")).data(data);
        TrainingResult result = tried.run();
        // what the layer reads is known before it is quantised, so that many pictures may be in a call
        assertTrue(
                tried.heard("Features: 8 numbers, the input of its last layer, MatMulInteger 'fc'"),
                tried.notes::toString);
        assertTrue(result.metric("validation.accuracy") > 0.9);
        assertEquals(0, FinetuneCase.disturbance(result, Bases.SIDE), 1e-6);
    }

    @Test
    void aBaseThatQuantisesWhileRunningBeforeItsFeaturesTakesOnePictureAtATime() throws IOException {
        nodes.add(new Node(
                "DynamicQuantizeLinear", "", "quantize", List.of("maps"), List.of("q", "s", "z"), new TreeMap<>()));
        node("DequantizeLinear", "real", List.of("q", "s", "z"), "mixed", Map.of());
        FinetuneCase tried = FinetuneCase.of(folder, base(Dimension.BATCH)).data(data);
        TrainingResult result = tried.run();
        assertTrue(
                tried.heard("(DynamicQuantizeLinear 'quantize'), so the classifier takes one picture"),
                tried.notes::toString);
        assertEquals(
                Dimension.of(1),
                OnnxFile.read(result.model().resolve("model.onnx"))
                        .graph()
                        .inputs()
                        .get(0)
                        .shape()
                        .get(0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4, 32})
    void aBaseThatWasWrittenForSomePicturesTakesAnyNumber(long batch) throws IOException {
        constants.put("sizes", TensorData.vector(batch, -1));
        node("GlobalAveragePool", "pool", List.of("maps"), "mean", Map.of());
        node("Reshape", "reshape", List.of("mean", "sizes"), "mixed", Map.of());
        TrainingResult result = FinetuneCase.of(folder, file(Dimension.of(batch), "mixed"))
                .data(data)
                .run();
        assertTrue(result.metric("validation.accuracy") > 0.9);
        assertEquals(0, FinetuneCase.disturbance(result, Bases.SIDE), 1e-6);
        assertEquals(
                Dimension.BATCH,
                OnnxFile.read(result.model().resolve("model.onnx"))
                        .graph()
                        .inputs()
                        .get(0)
                        .shape()
                        .get(0));
    }

    @Test
    void allLayersOfABaseForOnePictureLearnFromOneAtATime() throws IOException {
        singleTokens(1);
        FinetuneCase tried = FinetuneCase.of(folder, file(Dimension.of(1), "mixed"))
                .data(data)
                .full(1, 1e-3);
        TrainingResult result = tried.run();
        assertTrue(tried.heard("so all layers are trained with a batch of 1"), tried.notes::toString);
        assertTrue(Files.readString(result.run().resolve("recipe.json")).contains("batch 1,"));
    }

    @Test
    void aBaseThatCannotTakePicturesOneByOneIsRefused() throws IOException {
        singleTokens(4);
        FinetuneCase tried =
                FinetuneCase.of(folder, file(Dimension.of(4), "mixed")).data(data);
        JZooException refused = assertThrows(JZooException.class, tried::run);
        assertTrue(refused.getMessage().contains("only for 4"), refused.getMessage());
    }

    /** A token for each picture that is a constant, as transformers have: its number is fixed. */
    private void singleTokens(int batch) {
        constants.put("token", TensorData.of(new float[batch * MAPS], batch, MAPS));
        node("GlobalAveragePool", "pool", List.of("maps"), "mean", Map.of());
        node("Flatten", "flat", List.of("mean"), "row", Map.of());
        node("Concat", "tokens", List.of("row", "token"), "mixed", Map.of("axis", new Attribute.Int(1)));
    }

    private void node(
            String opType, String name, List<String> inputs, String output, Map<String, Attribute> attributes) {
        nodes.add(new Node(opType, "", name, inputs, List.of(output), new TreeMap<>(attributes)));
    }

    /** Maps, what was put in the middle, and their means. */
    private OnnxFile base(Dimension batch) {
        node("GlobalAveragePool", "end", List.of("mixed"), "means", Map.of());
        node("Flatten", "row", List.of("means"), "embedding", Map.of());
        return file(batch, "embedding");
    }

    private OnnxFile file(Dimension batch, String output) {
        constants.put("kernel", Bases.random(1, MAPS, 3, 3, 3));
        List<Node> all = new ArrayList<>();
        all.add(new Node("Conv", "", "conv", List.of("x", "kernel"), List.of("c"), new TreeMap<>()));
        all.add(new Node("Relu", "", "relu", List.of("c"), List.of("maps"), new TreeMap<>()));
        all.addAll(nodes);
        Dimension side = Dimension.of(Bases.SIDE);
        Graph graph = new Graph(
                "mixing",
                List.of(new ValueInfo("x", DataType.FLOAT, List.of(batch, Dimension.of(3), side, side))),
                List.of(new ValueInfo(output, DataType.FLOAT, List.of(batch, new Dimension.UnknownDimension()))),
                constants,
                all,
                List.of());
        return OnnxFile.of(17, new OnnxFile.Producer("test", "1"), graph, Map.of());
    }
}
