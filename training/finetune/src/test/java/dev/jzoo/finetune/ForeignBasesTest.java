package dev.jzoo.finetune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.finetune.base.BaseNetwork;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.Label;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.inference.pictures.Embedder;
import dev.jzoo.inference.pictures.Framing;
import dev.jzoo.inference.pictures.ImageClassifier;
import dev.jzoo.inference.pictures.Picture;
import dev.jzoo.inference.pictures.PictureSize;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.zoo.card.Dimension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of other makers as bases, on the pictures that the documentation shows. */
class ForeignBasesTest {

    private static final int SIDE = 32;

    @TempDir
    Path folder;

    @Test
    void aBaseInTrainingModeIsWrittenInInferenceMode() throws Exception {
        FinetuneCase tried = FinetuneCase.of(folder, "torch-training-mode-17.onnx");
        TrainingResult result = tried.run();
        assertEquals(0, FinetuneCase.disturbance(result, SIDE), 1e-6);
        assertTrue(tried.heard("was exported in training mode. It is used in inference mode"), tried.notes::toString);
        for (Node node : written(result).graph().nodes()) {
            assertFalse(node.attributes().containsKey("training_mode"), node::describe);
            assertTrue(node.outputs().size() == 1 || !node.opType().equals("BatchNormalization"), node::describe);
            assertTrue(node.inputs().size() <= 2 || !node.opType().equals("Dropout"), node::describe);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "g_plain.onnx, t6, 0.9",
        "g_qdq.onnx, t6_DequantizeLinear_Output, 0.9",
        "qdq_conv.onnx, f, 0.5",
        "g_softmax_argmax.onnx, t6, 0.9",
        "g_loop.onnx, t6, 0.9",
        "g_sparse.onnx, t6, 0.8",
        "g_half.onnx, t6, 0.9",
        "fp16_io32.onnx, fl, 0.7",
        "g_reshape_one_minus.onnx, t6, 0.9",
        "torch-untrained-shared-bias.onnx, /Flatten_output_0, 0.5",
        "torch-preact-untrained.onnx, /Flatten_output_0, 0.5"
    })
    void theFeaturesBeforeTheClassifierAreFound(String file, String tensor, double accuracy) throws Exception {
        BaseNetwork base = BaseNetwork.read(
                file, Path.of("src/test/resources/cases/onnx", file), Optional.empty(), OptionalInt.empty());
        assertEquals(tensor, base.tap().tensor());
        TrainingResult result = FinetuneCase.of(folder, file).run();
        assertTrue(result.parity().agrees());
        assertTrue(
                result.metric("cv.accuracy") >= accuracy,
                () -> result.card().metrics().toString());
        assertEquals(0, FinetuneCase.disturbance(result, SIDE), 1e-4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"near_const_feature.onnx", "dead_feature.onnx"})
    void featuresThatAreTheSameForEveryPictureChangeNothing(String file) throws Exception {
        FinetuneCase all = FinetuneCase.of(folder.resolve("all"), file);
        TrainingResult result = all.run();
        TrainingResult without =
                FinetuneCase.of(folder.resolve("some"), file).features("f").run();
        assertTrue(all.heard("16 of these features are left out, because they are the same"), all.notes::toString);
        // Features of 16 maps: the means alone, as those that the whole row holds.
        TensorData head = written(result).graph().initializers().get("head.weight");
        float[] weights = head.floats();
        for (int c = 0; c < 2; c++) {
            for (int k = 16; k < 32; k++) {
                assertEquals(0, weights[32 * c + k]);
            }
        }
        assertTrue(result.metric("validation.accuracy") >= without.metric("validation.accuracy") - 1e-9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"g_half.onnx", "fp16_io32.onnx", "g_reshape_one_minus.onnx", "torch-preact-untrained.onnx"})
    void allLayersOfABaseLearnInTheNumbersThatItHas(String file) throws Exception {
        FinetuneCase tried = FinetuneCase.of(folder, file).full(2, 1e-3);
        TrainingResult result = tried.run();
        assertTrue(result.parity().agrees());
        assertTrue(tried.heard("Epoch 2 of 2"), tried.notes::toString);
        assertEquals(0, FinetuneCase.disturbance(result, SIDE), 1e-4);
    }

    @Test
    void aBiasThatAnExporterMergedForTwoLayersIsTrainedForEach() throws Exception {
        OnnxFile file = written(FinetuneCase.of(folder, "torch-untrained-shared-bias.onnx")
                .full(2, 1e-2)
                .run());
        List<float[]> biases = file.graph().nodes().stream()
                .filter(node -> node.opType().equals("Conv"))
                .limit(2)
                .map(node -> file.graph().initializers().get(node.inputs().get(2)))
                .map(TensorData::floats)
                .toList();
        assertEquals(2, biases.size());
        assertFalse(Arrays.equals(biases.get(0), biases.get(1)), () -> Arrays.toString(biases.get(0)));
    }

    /** Two layers with one weight, behind one whose output is rounded: no gradient passes there. */
    @Test
    void weightsThatDoNotLearnOrAreSharedAreToldToTheUserAndInTheReport() throws Exception {
        GraphBuilder graph = new GraphBuilder(17);
        String image = graph.input(new ValueInfo("input", DataType.FLOAT, Dimension.batchOf(3, SIDE, SIDE)));
        String maps = graph.op("Conv", image, graph.weight("cut", Bases.random(1, 8, 3, 3, 3)))
                .emit();
        String shared = graph.weight("shared", Bases.random(2, 8, 8, 3, 3));
        String once = graph.op("Conv", graph.op("Floor", maps).emit(), shared).emit();
        String twice = graph.op("Conv", graph.op("Relu", once).emit(), shared).emit();
        String pooled = graph.op("GlobalAveragePool", twice).emit();
        String row = graph.op("Flatten", pooled).integer("axis", 1).emitAs("features");
        graph.output(new ValueInfo(row, DataType.FLOAT, Dimension.batchOf(8)));
        FinetuneCase tried = FinetuneCase.of(folder, Bases.file(graph)).full(1, 1e-3);
        TrainingResult result = tried.run();
        String report = Files.readString(result.run().resolve("report/index.html"));
        for (String warning : List.of(
                "No gradient reaches one weight, which stays unchanged: 'cut'. Every path from there to an output leads"
                        + " through operators without a gradient (Floor",
                "Several layers share 'shared', so all of them contribute to its training.")) {
            assertTrue(tried.heard("Warning: " + warning), tried.notes::toString);
            assertTrue(report.replace("&#39;", "'").replace("&apos;", "'").contains(warning), warning);
        }
    }

    @Test
    void nothingIsSaidOfWeightsThatAllLearn() throws Exception {
        FinetuneCase tried = FinetuneCase.of(folder, "g_plain.onnx").full(1, 1e-3);
        tried.run();
        assertFalse(tried.heard("Warning: "), tried.notes::toString);
    }

    @Test
    void allLayersOfABaseInTrainingModeLearnInInferenceMode() throws Exception {
        TrainingResult result = FinetuneCase.of(folder, "torch-training-mode-17.onnx")
                .full(1, 1e-3)
                .run();
        assertEquals(0, FinetuneCase.disturbance(result, SIDE), 1e-6);
    }

    @Test
    void anEmbedderFindsTheFeaturesOfARunByItself() throws Exception {
        TrainingResult result = FinetuneCase.of(folder, "g_plain.onnx").run();
        Path picture = FinetuneCase.SHAPES.resolve("ring/3.png");
        float[] features;
        try (Embedder embedder = Embedder.load(result.run().toString())) {
            features = embedder.embed(picture);
        }
        Map<String, TensorData> weights = written(result).graph().initializers();
        float[] weight = weights.get("head.weight").floats();
        float[] bias = weights.get("head.bias").floats();
        double[] logits = {bias[0], bias[1]};
        for (int k = 0; k < features.length; k++) {
            logits[0] += (double) weight[k] * features[k];
            logits[1] += (double) weight[features.length + k] * features[k];
        }
        assertEquals(weight.length, 2 * features.length);
        double ring = 1 / (1 + Math.exp(logits[0] - logits[1]));
        try (ImageClassifier classifier = ImageClassifier.load(result.run().toString())) {
            List<Label> said = classifier.classify(picture).labels();
            double score = said.stream()
                    .filter(label -> label.name().equals("ring"))
                    .findFirst()
                    .orElseThrow()
                    .score();
            assertEquals(ring, score, 1e-5);
        }
    }

    @Test
    void whatIsWrittenForOnePictureComputesWhatTheBaseDoes() throws Exception {
        // The file of the case was written for one picture; its features at two are those of each alone.
        TrainingResult result =
                FinetuneCase.of(folder, "g_reshape_one_minus.onnx").run();
        byte[] ring = Picture.read(FinetuneCase.SHAPES.resolve("ring/1.png"))
                .pixels(new PictureSize(SIDE, SIDE, 3), Framing.CENTRED);
        try (OnnxModel model = OnnxModel.open(result.model().resolve("model.onnx"), Device.cpu());
                OnnxModel plain = OnnxModel.open(
                        FinetuneCase.of(folder.resolve("plain"), "g_plain.onnx")
                                .run()
                                .model()
                                .resolve("model.onnx"),
                        Device.cpu())) {
            Map<String, Tensor> given = Map.of("image", Tensor.ofBytes(ring, 1, SIDE, SIDE, 3));
            assertArrayEquals(
                    plain.run(given).get("probabilities").numbers(),
                    model.run(given).get("probabilities").numbers(),
                    1e-5);
        }
    }

    @Test
    void aBaseWhoseNodesAreInAnyOrderIsReadAsTheSortedOne() throws Exception {
        OnnxFile sorted = OnnxFile.read(Path.of("src/test/resources/cases/onnx/g_plain.onnx"));
        Graph graph = sorted.graph();
        List<Node> backwards = new ArrayList<>(graph.nodes());
        Collections.reverse(backwards);
        Path file = folder.resolve("backwards.onnx");
        sorted.withGraph(new Graph(
                        graph.name(), graph.inputs(), graph.outputs(), graph.initializers(), backwards, graph.values()))
                .write(file);
        BaseNetwork base = BaseNetwork.read("backwards", file, Optional.empty(), OptionalInt.empty());
        assertEquals("t6", base.tap().tensor());
    }

    private static OnnxFile written(TrainingResult result) throws Exception {
        return OnnxFile.read(result.model().resolve("model.onnx"));
    }
}
