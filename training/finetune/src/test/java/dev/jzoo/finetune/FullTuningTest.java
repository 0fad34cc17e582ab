package dev.jzoo.finetune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.finetune.head.ClassBalance;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.inference.pictures.Framing;
import dev.jzoo.inference.pictures.Picture;
import dev.jzoo.inference.pictures.PictureSize;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.training.RunFolder;
import dev.jzoo.zoo.card.Dimension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures with stripes across and along, which a network of random weights learns to tell apart. */
class FullTuningTest {

    private static final PictureSize SIZE = new PictureSize(12, 12, 3);
    private static final Mode.Full MODE = new Mode.Full(Mode.Start.BASE, 8, 8, 0.02);

    @TempDir
    Path folder;

    private FullTuning.TuningPictures pictures;

    @BeforeEach
    void draw() throws IOException {
        List<Item> train = striped("train", 24);
        pictures = new FullTuning.TuningPictures(
                train, striped("validation", 12), train.subList(0, 4), SIZE, Framing.CENTRED);
    }

    @Test
    void allLayersLearnAndTheFileComputesWhatTheNetworkDoes() throws IOException {
        OnnxFile base = network();
        TunedClassifier tuned = tuning(MODE).of(base, run("one"), TransferListener.NONE);
        assertTrue(tuned.accuracy() >= 0.9, tuned.history().toString());
        try (OnnxModel model = OnnxModel.open(tuned.file().toBytes(), "tuned", Device.cpu())) {
            for (int i = 0; i < 4; i++) {
                byte[] pixels = Picture.read(pictures.compared().get(i).file()).pixels(SIZE, Framing.CENTRED);
                Tensor probabilities = model.run(Map.of("image", Tensor.ofBytes(pixels, 1, 12, 12, 3)))
                        .get("probabilities");
                assertArrayEquals(tuned.expected()[i], probabilities.numbers(), 1e-5);
            }
        }
        for (String kept : List.of("scale", "shift", "mean", "variance")) {
            assertEquals(weight(base, kept), weight(tuned.file(), kept), kept);
        }
        for (String trained : List.of("first", "second", "head.weight", "head.bias")) {
            assertNotEquals(weight(base, trained), weight(tuned.file(), trained), trained);
        }
    }

    @Test
    void theBestEpochOfTheValidationIsKept() throws IOException {
        TunedClassifier tuned = tuning(MODE).of(network(), run("best"), TransferListener.NONE);
        double best = tuned.history().epochs().stream()
                .mapToDouble(epoch -> epoch.metrics().get("validation.accuracy"))
                .max()
                .orElseThrow();
        List<Item> items = pictures.validation();
        int right = 0;
        try (OnnxModel model = OnnxModel.open(tuned.file().toBytes(), "tuned", Device.cpu())) {
            for (Item item : items) {
                byte[] pixels = Picture.read(item.file()).pixels(SIZE, Framing.CENTRED);
                double[] scores = model.run(Map.of("image", Tensor.ofBytes(pixels, 1, 12, 12, 3)))
                        .get("probabilities")
                        .numbers();
                right += (scores[1] > scores[0] ? 1 : 0) == item.label() ? 1 : 0;
            }
        }
        assertEquals(best, (double) right / items.size(), 1e-9);
    }

    @Test
    void tuningThatWasBrokenOffEqualsOneThatWasNot() throws IOException {
        OnnxFile base = network();
        TransferListener breaking = new TransferListener() {
            @Override
            public void stage(String what) {
                if (what.startsWith("Epoch 4")) {
                    throw new IllegalStateException("broken off");
                }
            }
        };
        assertThrows(IllegalStateException.class, () -> tuning(MODE).of(base, run("cut"), breaking));
        TunedClassifier resumed = tuning(MODE).of(base, run("cut"), TransferListener.NONE);
        TunedClassifier whole = tuning(MODE).of(base, run("whole"), TransferListener.NONE);
        assertEquals(
                whole.file().fingerprint().sha256(),
                resumed.file().fingerprint().sha256());
    }

    @Test
    void fromRandomWeightsNothingOfTheBaseIsLeft() throws IOException {
        OnnxFile base = network();
        Mode.Full scratch = new Mode.Full(Mode.Start.RANDOM, 1, 8, 1e-6);
        TunedClassifier tuned = tuning(scratch).of(base, run("scratch"), TransferListener.NONE);
        for (String name :
                List.of("first", "scale", "shift", "mean", "variance", "second", "head.weight", "head.bias")) {
            assertNotEquals(weight(base, name), weight(tuned.file(), name), name);
        }
    }

    @Test
    void smallClassesComeAsOftenAsLargeOnes() {
        List<Item> items = IntStream.range(0, 11)
                .mapToObj(i -> new Item(Path.of(i + ".png"), i < 8 ? 0 : 1))
                .toList();
        List<Item> balanced = ClassBalance.of(items);
        assertEquals(8, balanced.stream().filter(item -> item.label() == 1).count());
        assertEquals(16, balanced.size());
        assertTrue(balanced.containsAll(items));
        List<Item> alike = items.subList(4, 11);
        assertEquals(alike, ClassBalance.of(alike));
    }

    private FullTuning tuning(Mode.Full mode) {
        return new FullTuning(new TuningPlan(mode, 1), pictures);
    }

    private RunFolder run(String name) {
        return RunFolder.at(folder.resolve(name));
    }

    private static ByteBuffer weight(OnnxFile file, String name) {
        return file.graph().initializers().get(name).bytes();
    }

    private List<Item> striped(String part, int count) throws IOException {
        Random random = new Random(part.hashCode());
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BufferedImage picture = new BufferedImage(14, 14, BufferedImage.TYPE_INT_RGB);
            int phase = random.nextInt(4);
            for (int y = 0; y < 14; y++) {
                for (int x = 0; x < 14; x++) {
                    int along = i % 2 == 0 ? y : x;
                    int grey = ((along + phase) / 2 % 2 == 0 ? 60 : 190) + random.nextInt(40);
                    picture.setRGB(x, y, grey << 16 | grey << 8 | grey);
                }
            }
            Path file = folder.resolve(part + i + ".png");
            ImageIO.write(picture, "png", file.toFile());
            items.add(new Item(file, i % 2));
        }
        return items;
    }

    private static OnnxFile network() {
        Random random = new Random(7);
        GraphBuilder graph = new GraphBuilder(17);
        String image = graph.input(new ValueInfo("image", DataType.UINT8, Dimension.batchOf(12, 12, 3)));
        String numbers =
                graph.op("Cast", image).integer("to", DataType.FLOAT.code()).emit();
        String unit = graph.op("Div", numbers, graph.constant(128f)).emit();
        String planes = graph.op("Transpose", unit).ints("perm", 0, 3, 1, 2).emit();
        String first = graph.op("Conv", planes, weight(graph, "first", random, 6, 3, 3, 3))
                .emit();
        String normal = graph.op(
                        "BatchNormalization",
                        List.of(
                                first,
                                weight(graph, "scale", random, 6),
                                weight(graph, "shift", random, 6),
                                weight(graph, "mean", random, 6),
                                graph.weight("variance", TensorData.of(new float[] {1, 2, 1, 2, 1, 2}, 6))))
                .emit();
        String second = graph.op("Conv", graph.op("Relu", normal).emit(), weight(graph, "second", random, 8, 6, 3, 3))
                .emit();
        String pooled =
                graph.op("GlobalAveragePool", graph.op("Relu", second).emit()).emit();
        String logits = graph.op(
                        "Gemm",
                        graph.op("Flatten", pooled).emit(),
                        weight(graph, "head.weight", random, 2, 8),
                        weight(graph, "head.bias", random, 2))
                .integer("transB", 1)
                .emit();
        graph.op("Softmax", logits).integer("axis", 1).emitAs("probabilities");
        graph.output(new ValueInfo("probabilities", DataType.FLOAT, Dimension.batchOf(2)));
        return OnnxFile.of(17, new OnnxFile.Producer("a test", "1"), graph.build("stripes"), Map.of());
    }

    private static String weight(GraphBuilder graph, String name, Random random, long... dims) {
        int count = 1;
        for (long dim : dims) {
            count *= (int) dim;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (0.4 * random.nextGaussian());
        }
        return graph.weight(name, TensorData.of(values, dims));
    }
}
