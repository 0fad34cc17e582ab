package dev.jzoo.finetune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.export.PixelInput;
import dev.jzoo.finetune.head.CrossValidation;
import dev.jzoo.finetune.head.HeadTraining;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.pictures.ImageClassifier;
import dev.jzoo.inference.pictures.PictureSize;
import dev.jzoo.numerics.WilsonInterval;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.testing.Xml;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinetuneTest {

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    private final TransferListener listener = new TransferListener() {
        @Override
        public void note(String sentence) {
            notes.add(sentence);
        }
    };

    @Test
    void aFolderOfPicturesBecomesAClassifierThatTellsThemApart() throws Exception {
        TrainingResult result = finetune(Bases.classifier(), pictures(20, 20), "colours");
        assertTrue(
                result.metric("validation.accuracy") > 0.9,
                result.card().metrics().toString());
        assertTrue(result.parity().agrees());
        assertTrue(result.parity().values() > 0);
        try (ImageClassifier classifier = ImageClassifier.load(result.model().toString())) {
            assertEquals(new PictureSize(Bases.SIDE, Bases.SIDE, 3), classifier.pictureSize());
            assertEquals(List.of("blue", "red"), classifier.labels());
            Path red = folder.resolve("data/red/3.png");
            assertEquals("red", classifier.classify(red).best().name());
        }
        String page = Files.readString(result.run().resolve("report/index.html"));
        assertTrue(page.contains("Frozen: all of base.onnx"), page);
        List<String> rows = Xml.texts(Xml.parse(page), "tr");
        // 8 filters of 3 x 3 x 3 stay. For each of 2 classes learn a bias and weights of the 8 maps' means and largest
        // values.
        assertTrue(rows.contains("dense 2234"), rows::toString);
        assertTrue(rows.stream().anyMatch(row -> row.matches("base.onnx up to '.*', frozen16216")), rows::toString);
        assertTrue(page.contains("250 parameters, 34 of which were trained."), page);
        assertTrue(rows.contains("new layer's augmentationnone"), rows::toString);
        assertTrue(Files.readString(result.run().resolve("recipe.json")).contains("\"kind\" : \"finetune\""));
    }

    @Test
    void aFolderThatCannotBeCreatedIsRefusedBeforeAnythingIsComputed() throws IOException {
        Path data = pictures(12, 12);
        Path file = Files.writeString(folder.resolve("runs"), "a file");
        JZooException refused = assertThrows(JZooException.class, () -> finetune(Bases.classifier(), data, "run"));
        assertEquals(
                "Cannot create the folder " + file.resolve("run") + " for the run: " + file
                        + " is not a folder. Choose another folder for the run.",
                refused.getMessage());
        assertFalse(Files.exists(folder.resolve("cache")));
    }

    @Test
    void theSameAgainComputesNoFeatureAndGivesTheSameModel() throws IOException {
        Path data = pictures(12, 12);
        TrainingResult first = finetune(Bases.classifier(), data, "first");
        List<Long> sizes = cached();
        TrainingResult second = finetune(Bases.classifier(), data, "first-2");
        assertEquals(sizes, cached());
        assertArrayEquals(
                Files.readAllBytes(first.model().resolve("test_data_set_0/output_0.pb")),
                Files.readAllBytes(second.model().resolve("test_data_set_0/output_0.pb")));
    }

    @Test
    void whatCameOutCanBeTheBaseOfAnotherWhoseOutputHasTheSameName() throws IOException {
        Path data = pictures(12, 12);
        TrainingResult first = finetune(Bases.classifier(), data, "first");
        OnnxFile again = OnnxFile.read(first.model().resolve("model.onnx"));
        TrainingResult second = finetune(again, data, "second");
        try (OnnxModel model = OnnxModel.open(second.model().resolve("model.onnx"), Device.cpu())) {
            assertEquals("probabilities", model.outputs().get(0).name());
        }
    }

    @Test
    void aPictureThatCannotBeReadIsLeftOutAndNamed() throws IOException {
        Path data = pictures(12, 12);
        Files.writeString(data.resolve("red/broken.png"), "this is no picture");
        TrainingResult result = finetune(Bases.classifier(), data, "broken");
        assertTrue(
                notes.stream().anyMatch(note -> note.startsWith("Left out: ") && note.contains("broken.png")),
                notes::toString);
        assertTrue(Files.readString(result.run().resolve("report/index.html")).contains("broken.png"));
    }

    @Test
    void theStatisticsOfABatchNormalisationTellWhatAPixelIs() throws IOException {
        // Both colours together have these means and deviations; blue comes first, 0 to 255.
        OnnxFile base = Bases.remembering(new float[] {60, 64, 150}, new float[] {1700, 1600, 1900});
        Path data = folder.resolve("data");
        Bases.draw(data.resolve("one"), 14, 0x964040, 1);
        Bases.draw(data.resolve("two"), 14, 0x964038, 2);
        finetune(base, data, "remembering");
        assertTrue(notes.stream().anyMatch(note -> note.contains("blue, green, red in 0 to 255")), notes::toString);
    }

    @Test
    void aBaseThatTakesBytesIsUsedAsItIs() throws IOException {
        GraphBuilder graph = new GraphBuilder(17);
        PixelInput pixels = PixelInput.unit(Bases.SIDE, Bases.SIDE, 3, PixelInput.PixelLayout.CHANNELS_FIRST);
        String value = pixels.emit(graph, graph.input(pixels.input()));
        String row = graph.op("Flatten", graph.op("GlobalAveragePool", value).emit())
                .integer("axis", 1)
                .emitAs("features");
        graph.output(new ValueInfo(row, DataType.FLOAT, Dimension.batchOf(3)));
        TrainingResult result = finetune(Bases.file(graph), pictures(12, 12), "bytes");
        assertTrue(notes.stream().anyMatch(note -> note.contains("contains its pre-processing")), notes::toString);
        assertTrue(result.metric("validation.accuracy") > 0.9);
    }

    @Test
    void aBaseForPicturesOfAnySizeAndOneForSinglePicturesWork() throws IOException {
        List<Dimension> open = List.of(Dimension.of("n"), Dimension.of(3), Dimension.of("h"), Dimension.of("w"));
        Path data = pictures(8, 8);
        Path file = write(Bases.classifier(open, Bases.End.NOTHING));
        FinetuneSettings sized = settings(file, data, "any", OptionalInt.of(16));
        TrainingResult result = Finetune.run(sized, folder.resolve("runs/any"), folder.resolve("cache"), listener);
        try (ImageClassifier classifier = ImageClassifier.load(result.model().toString())) {
            assertEquals(new PictureSize(16, 16, 3), classifier.pictureSize());
        }
        List<Dimension> single =
                List.of(Dimension.of(1), Dimension.of(3), Dimension.of(Bases.SIDE), Dimension.of(Bases.SIDE));
        TrainingResult one = finetune(Bases.classifier(single, Bases.End.GEMM_AND_SOFTMAX), data, "single");
        assertTrue(one.parity().agrees());
    }

    @Test
    void aBaseThatTakesNoPictureIsExplained() throws IOException {
        GraphBuilder graph = new GraphBuilder(17);
        String x = graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(4)));
        graph.output(new ValueInfo(graph.op("Relu", x).emitAs("y"), DataType.FLOAT, Dimension.batchOf(4)));
        Path data = pictures(4, 4);
        JZooException refused =
                assertThrows(JZooException.class, () -> finetune(Bases.file(graph), data, "no-picture"));
        assertEquals(JZooException.Code.BAD_INPUT, refused.code());
        assertTrue(refused.getMessage().contains("x float [batch, 4], which is not a picture"), refused.getMessage());
        assertFalse(Files.exists(folder.resolve("runs/no-picture")));
    }

    @Test
    void classesOfUnlikeSizesAreMadeToCountAlike() {
        assertArrayEquals(new double[] {1, 1}, HeadTraining.classWeights(new int[] {0, 0, 0, 1, 1}, 2));
        assertArrayEquals(
                new double[] {4 / 2.0 / 3, 4 / 2.0}, HeadTraining.classWeights(new int[] {0, 0, 0, 1}, 2), 1e-12);
    }

    @Test
    void theIntervalIsWilsons() {
        WilsonInterval interval = WilsonInterval.of(8, 10);
        assertEquals(0.4902, interval.low(), 5e-5);
        assertEquals(0.9433, interval.high(), 5e-5);
    }

    @Test
    void foldsHaveNearlyAsManyOfEachClass() {
        int[] labels = new int[53];
        for (int i = 40; i < labels.length; i++) {
            labels[i] = 1;
        }
        int[] folds = CrossValidation.folds(labels, 2, 5, 3);
        int[][] counts = new int[5][2];
        for (int i = 0; i < labels.length; i++) {
            counts[folds[i]][labels[i]]++;
        }
        for (int[] count : counts) {
            assertEquals(8, count[0]);
            assertTrue(count[1] == 2 || count[1] == 3, "of 13 pictures a fold has " + count[1]);
        }
    }

    private TrainingResult finetune(OnnxFile base, Path data, String name) throws IOException {
        FinetuneSettings settings = settings(write(base), data, name, OptionalInt.empty());
        return Finetune.run(settings, folder.resolve("runs").resolve(name), folder.resolve("cache"), listener);
    }

    private static FinetuneSettings settings(Path base, Path data, String name, OptionalInt side) throws IOException {
        return new FinetuneSettings(
                name,
                base,
                base.getFileName().toString(),
                PictureFolder.read(data),
                new Mode.HeadOnly(),
                Optional.empty(),
                side,
                Optional.empty(),
                1,
                1,
                "jzoo finetune");
    }

    private Path write(OnnxFile base) throws IOException {
        Path file = folder.resolve("base.onnx");
        base.write(file);
        return file;
    }

    private Path pictures(int red, int blue) throws IOException {
        return Bases.pictures(folder.resolve("data"), red, blue);
    }

    private List<Long> cached() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            List<Long> sizes = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                sizes.add(Files.size(file));
            }
            return sizes;
        }
    }
}
