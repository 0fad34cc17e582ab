package dev.jzoo.inference.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.Fixtures;
import dev.jzoo.inference.InnerTensor;
import dev.jzoo.inference.Label;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedderTest {

    private static final Path MODELS = Path.of("..", "zoo", "models");
    private static final Path LENET = MODELS.resolve("mnist-lenet/1.0.0/model.onnx");

    @TempDir
    Path folder;

    @Test
    void theLastLayerMadeOfPlainLoopsTurnsAVectorIntoTheModelsScores() throws Exception {
        Path picture = Fixtures.file("pictures/grey-28.png");
        float[] features;
        try (Embedder embedder = lenet()) {
            features = embedder.embed(picture);
            assertEquals(84, embedder.dimension());
            assertEquals("/11LambdaBlock/Relu_output_0", embedder.tensor());
        }
        float[] weights = weights("12Linear.weight");
        float[] bias = weights("12Linear.bias");
        double[] exponentials = new double[10];
        double sum = 0;
        for (int digit = 0; digit < 10; digit++) {
            double logit = bias[digit];
            for (int i = 0; i < 84; i++) {
                logit += (double) weights[84 * digit + i] * features[i];
            }
            exponentials[digit] = Math.exp(logit);
            sum += exponentials[digit];
        }
        try (ImageClassifier classifier = ImageClassifier.open(LENET, Device.cpu())) {
            for (Label label : classifier.classify(picture).labels()) {
                assertEquals(exponentials[Integer.parseInt(label.name())] / sum, label.score(), 1e-5);
            }
        }
    }

    private static float[] weights(String initializer) throws Exception {
        byte[] model = InnerTensor.asOutput(Files.readAllBytes(LENET), initializer);
        try (OnnxModel weights = OnnxModel.open(model, "lenet", Device.cpu())) {
            Tensor black = Tensor.ofBytes(new byte[784], 1, 28, 28, 1);
            return weights.run(Map.of("image", black)).get(initializer).floats();
        }
    }

    /** Opens the model from the zoo in this build. */
    private Embedder lenet() throws Exception {
        Zoo zoo = Zoo.open(
                new Settings(folder.resolve("home"), List.of(MODELS.getParent().toUri()), true));
        return Embedder.load("mnist-lenet", Device.cpu(), zoo);
    }

    @Test
    void manyPicturesHaveTheVectorsThatEachHasAlone() throws Exception {
        List<Path> pictures = java.util.stream.IntStream.range(0, 70)
                .mapToObj(i -> Fixtures.file(i % 3 == 0 ? "pictures/tall.png" : "pictures/grey-28.png"))
                .toList();
        try (Embedder embedder = lenet()) {
            List<float[]> vectors = embedder.embed(pictures);
            assertEquals(70, vectors.size());
            for (int i = 0; i < 70; i++) {
                assertArrayEquals(embedder.embed(pictures.get(i)), vectors.get(i), 1e-5f);
            }
            assertTrue(Embedder.cosineSimilarity(vectors.get(1), vectors.get(2)) > 0.99999);
            assertTrue(Embedder.cosineSimilarity(vectors.get(0), vectors.get(1)) < 0.99);
        }
    }

    @Test
    void aModelOfAnyInputGivesItsInnerTensorAlsoWhereItsWeightsLieBesideIt() throws Exception {
        try (Embedder embedder = Embedder.open(Fixtures.file("beside.onnx"), "hidden", Device.cpu())) {
            assertEquals(3, embedder.dimension());
            List<float[]> vectors = embedder.embed(Tensor.of(new float[] {1, 0, 1, 1}, 2, 2));
            assertEquals(2, vectors.size());
            assertArrayEquals(new float[] {1, 10, 100}, vectors.get(0));
            assertArrayEquals(new float[] {3, 30, 300}, vectors.get(1));
            JZooException failure =
                    assertThrows(JZooException.class, () -> embedder.embed(Fixtures.file("pictures/tall.png")));
            assertTrue(failure.getMessage().contains("does not take pictures"), failure.getMessage());
        }
    }

    @Test
    void anOutputIsAsGoodAsAnInnerTensor() throws Exception {
        try (Embedder embedder = Embedder.open(Fixtures.file("beside.onnx"), "y", Device.cpu())) {
            assertArrayEquals(
                    new float[] {111},
                    embedder.embed(Tensor.of(new float[] {1, 0}, 1, 2)).get(0));
        }
    }

    @Test
    void anUnknownTensorIsRefusedNamingThoseThereAre() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Embedder.open(LENET, "features", Device.cpu()))
                .getMessage();
        assertEquals(
                LENET
                        + " has no tensor 'features'; its last tensors are [/09LambdaBlock/Relu_output_0, /10Linear/Gemm_output_0,"
                        + " /11LambdaBlock/Relu_output_0, /12Linear/Gemm_output_0, probabilities].",
                message);
    }

    @Test
    void aFileThatDoesNotSayWhatItsFeaturesAreIsRefused() {
        JZooException failure = assertThrows(JZooException.class, () -> Embedder.load(LENET.toString()));
        assertEquals(JZooException.Code.BAD_INPUT, failure.code());
        assertTrue(failure.hint().startsWith("Name the tensor"), failure.hint());
    }

    @Test
    void aTensorThatIsNoVectorForEachPictureIsRefused() {
        Path file = Fixtures.file("quadrants.onnx");
        JZooException failure = assertThrows(JZooException.class, () -> Embedder.open(file, "hidden", Device.cpu()));
        assertTrue(failure.getMessage().contains("is not a vector for each picture"), failure.getMessage());
    }

    @Test
    void theCosineIsThatOfTheAngle() {
        float[] east = {2, 0};
        assertEquals(1, Embedder.cosineSimilarity(east, new float[] {5, 0}));
        assertEquals(-1, Embedder.cosineSimilarity(east, new float[] {-1e-20f, 0}));
        assertEquals(0, Embedder.cosineSimilarity(east, new float[] {0, 3}));
        assertEquals(Math.sqrt(0.5), Embedder.cosineSimilarity(east, new float[] {3, 3}), 1e-12);
        assertEquals(0, Embedder.cosineSimilarity(east, new float[2]));
        assertThrows(IllegalArgumentException.class, () -> Embedder.cosineSimilarity(east, new float[3]));
    }
}
