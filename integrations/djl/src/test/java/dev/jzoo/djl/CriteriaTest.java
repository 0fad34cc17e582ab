package dev.jzoo.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Application;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.MRL;
import ai.djl.repository.RemoteRepository;
import ai.djl.repository.Repository;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelLoader;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ModelZoo;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.util.Progress;
import ai.djl.util.Utils;
import dev.jzoo.inference.Classification;
import dev.jzoo.inference.Label;
import dev.jzoo.inference.pictures.ImageClassifier;
import dev.jzoo.inference.series.Forecaster;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CriteriaTest {

    private static final String SEVEN = "../../docs/pictures/seven.png";

    @TempDir
    static Path folder;

    /** A JVM has one environment of ONNX Runtime, and DJL's engine must create it. */
    @BeforeAll
    static void startEngine() {
        Engine.getEngine("OnnxRuntime");
    }

    private static Criteria<Image, Classifications> criteria(String address) {
        return Criteria.builder()
                .setTypes(Image.class, Classifications.class)
                .optEngine("OnnxRuntime")
                .optModelUrls(address)
                .build();
    }

    @Test
    void anAddressLoadsAModelThatReadsADigit() throws Exception {
        try (ZooModel<Image, Classifications> model =
                        criteria("djl://dev.jzoo/mnist-logistic").loadModel();
                Predictor<Image, Classifications> predictor = model.newPredictor()) {
            Image seven = ImageFactory.getInstance().fromFile(Path.of(SEVEN));
            assertEquals("7", predictor.predict(seven).best().getClassName());
            assertEquals("mnist-logistic", model.getName());
        }
    }

    /** The inputs are random pictures that are neither square nor of the model's size, grey and in colour, and a digit. */
    @ParameterizedTest
    @ValueSource(strings = {"mnist-logistic", "cifar10-resnet20"})
    void itSaysWhatImageClassifierSays(String id) throws Exception {
        Random random = new Random(7);
        try (ZooModel<Image, Classifications> model =
                        criteria("djl://dev.jzoo/" + id + "/1.0.0").loadModel();
                Predictor<Image, Classifications> predictor = model.newPredictor();
                ImageClassifier classifier = ImageClassifier.load(id)) {
            assertAgree(predictor, classifier, Path.of(SEVEN));
            for (int type : List.of(BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY)) {
                BufferedImage picture = new BufferedImage(61, 47, type);
                for (int i = 0; i < 61 * 47; i++) {
                    picture.setRGB(i % 61, i / 61, i * 997 ^ random.nextInt(0x1000000) & 0x3F3F3F);
                }
                Path file = folder.resolve(id + type + ".png");
                ImageIO.write(picture, "png", file.toFile());
                assertAgree(predictor, classifier, file);
            }
        }
    }

    private static void assertAgree(
            Predictor<Image, Classifications> predictor, ImageClassifier classifier, Path picture) throws Exception {
        Classification expected = classifier.classify(picture);
        Classifications actual = predictor.predict(ImageFactory.getInstance().fromFile(picture));
        assertEquals(classifier.labels(), actual.getClassNames());
        for (Label label : expected.labels()) {
            assertEquals(label.score(), actual.get(label.name()).getProbability(), 1e-6, picture + ", " + label.name());
        }
    }

    @Test
    void aPathIsDecodedByJZoo() throws Exception {
        Criteria<Path, Classifications> paths = Criteria.builder()
                .setTypes(Path.class, Classifications.class)
                .optModelUrls("djl://dev.jzoo/mnist-logistic")
                .build();
        try (ZooModel<Path, Classifications> model = paths.loadModel();
                Predictor<Path, Classifications> predictor = model.newPredictor()) {
            List<Classifications> results =
                    predictor.batchPredict(List.of(Path.of(SEVEN), Path.of("../../docs/pictures/two.png")));
            assertEquals("7", results.get(0).best().getClassName());
            assertEquals("2", results.get(1).best().getClassName());
        }
    }

    @Test
    void anApplicationLeadsToItsModels() throws Exception {
        Criteria<Image, Classifications> criteria = Criteria.builder()
                .setTypes(Image.class, Classifications.class)
                .optApplication(Application.CV.IMAGE_CLASSIFICATION)
                .optGroupId("dev.jzoo")
                .optArtifactId("mnist-lenet")
                .build();
        try (ZooModel<Image, Classifications> model = criteria.loadModel()) {
            assertEquals("mnist-lenet", model.getName());
            assertTrue(criteria.isDownloaded());
        }
    }

    @Test
    void progressIsToldFileByFile() throws Exception {
        Path kept = Path.of(System.getenv("JZOO_HOME"), "models", "mnist-mlp");
        Utils.deleteQuietly(kept);
        Heard heard = new Heard(new ArrayList<>());
        criteria("djl://dev.jzoo/mnist-mlp").toBuilder()
                .optProgress(heard)
                .build()
                .downloadModel();
        try (Stream<Path> files = Files.walk(kept.resolve("1.0.0"))) {
            assertEquals(1, files.filter(file -> file.endsWith("model.onnx")).count());
        }
        assertEquals(heard.tasks().stream().distinct().toList(), heard.tasks());
        assertTrue(heard.tasks().contains("models/mnist-mlp/1.0.0/model.onnx"), heard.toString());
    }

    private record Heard(List<String> tasks) implements Progress {
        @Override
        public void reset(String message, long max, String trailingMessage) {
            tasks.add(message);
        }

        @Override
        public void start(long initialProgress) {}

        @Override
        public void end() {}

        @Override
        public void increment(long increment) {}

        @Override
        public void update(long progress, String message) {}
    }

    @Test
    void modelsAreListedByApplication() {
        Map<Application, List<String>> models = ModelZoo.getModelZoo("dev.jzoo").getModelLoaders().stream()
                .collect(Collectors.groupingBy(
                        ModelLoader::getApplication,
                        Collectors.mapping(ModelLoader::getArtifactId, Collectors.toList())));
        assertTrue(models.get(Application.CV.IMAGE_CLASSIFICATION).contains("mnist-logistic"));
        assertTrue(models.get(Application.TimeSeries.FORECASTING).contains("airline-lstm"));
        assertTrue(models.get(Application.NLP.TEXT_GENERATION).contains("shakespeare-lstm"));
    }

    @Test
    void otherModelsTakeArrays() throws Exception {
        Criteria<NDList, NDList> criteria = Criteria.builder()
                .setTypes(NDList.class, NDList.class)
                .optModelUrls("djl://dev.jzoo/airline-lstm")
                .build();
        try (ZooModel<NDList, NDList> model = criteria.loadModel();
                Predictor<NDList, NDList> predictor = model.newPredictor();
                Forecaster forecaster = Forecaster.load("airline-lstm");
                NDManager manager = model.getNDManager().newSubManager()) {
            NDList next = predictor.predict(new NDList(manager.create(new float[] {432}, new Shape(1, 1))));
            assertEquals(
                    forecaster.forecast(new double[] {432}, 1).values().get(0),
                    next.singletonOrThrow().toFloatArray()[0],
                    1e-3);
        }
    }

    @Test
    void aModelThatIsNoPictureClassifierIsNotFoundForPictures() {
        assertThrows(ModelNotFoundException.class, () -> criteria("djl://dev.jzoo/airline-lstm")
                .loadModel());
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearest() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> criteria("djl://dev.jzoo/mnist-logistik"));
        assertTrue(e.getMessage().contains("mnist-logistic"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> criteria("djl://dev.jzoo"));
        assertThrows(IllegalArgumentException.class, () -> criteria("djl://dev.jzoo/mnist-logistic/9.9.9"));
    }

    @Test
    void otherGroupsAreLeftToDjlsServer() {
        Repository server =
                Repository.newInstance("iris", "djl://ai.djl.onnxruntime/iris_flowers/0.0.1/iris_flowers?model_name=x");
        assertInstanceOf(RemoteRepository.class, server);
        assertNotEquals("djl", server.getBaseUri().getScheme());
        MRL model = server.getResources().get(0);
        assertEquals("djl://ai.djl.onnxruntime/iris_flowers", model.toString());
        assertEquals("0.0.1", model.getVersion());
        assertThrows(
                IllegalArgumentException.class, () -> Repository.newInstance("x", "djl://ai.djl.onnxruntime/no-such"));
        assertThrows(IllegalArgumentException.class, () -> Repository.newInstance("x", "djl://no.such/model"));
    }
}
