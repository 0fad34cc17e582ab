package dev.jzoo.recipes.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.Corpus;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.datasets.preparation.CharacterVocabulary;
import dev.jzoo.export.FileReport;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.text.Sampling;
import dev.jzoo.inference.text.TextGenerator;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainedNetwork;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.recipe.ModelText;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The family's way from text to file, on a text that repeats itself: who has learnt it can go on with it. */
public class LanguageModelTest {

    private static final String LINE = "the cat sat on a mat.\n";
    private static final int WINDOW = 12;

    @TempDir
    Path folder;

    /** A recipe of the family with a text of its own. */
    public static final class Rhyme extends LanguageModel {

        private final String kind;

        public Rhyme(String kind) {
            this.kind = kind;
        }

        @Override
        public String id() {
            return "rhyme";
        }

        @Override
        public String title() {
            return "A rhyme";
        }

        @Override
        public Hyperparameters defaults() {
            return new Hyperparameters(25, 4, 0.02, 1);
        }

        @Override
        RecipeTexts texts(Store store, ProgressListener listener) {
            return new RecipeTexts(corpus(30), corpus(5), CharacterVocabulary.of(LINE));
        }

        private static Corpus corpus(int lines) {
            Sha256 digest = Sha256.of(LINE.getBytes());
            return new Corpus(LINE.repeat(lines), new Provenance("rhyme", lines + " lines", digest, ""));
        }

        @Override
        CharacterNetwork network(int characters) {
            return switch (kind) {
                case "lstm" ->
                    new RecurrentCharacters(RecurrentCharacters.CharacterCell.LSTM, characters, 8, 24, 0.1, WINDOW);
                case "rnn" ->
                    new RecurrentCharacters(RecurrentCharacters.CharacterCell.RNN, characters, 8, 24, 0, WINDOW);
                default -> new AttentionCharacters(characters, WINDOW, 16, 2, 2, 0);
            };
        }

        @Override
        ModelText words() {
            return new ModelText("A summary.", List.of(), List.of());
        }
    }

    private Store store() {
        return Store.open(Settings.of(Map.of("JZOO_HOME", folder.resolve("home").toString(), "JZOO_OFFLINE", "1")));
    }

    private TrainingResult train(Rhyme recipe, Engine engine, Hyperparameters settings, String name)
            throws IOException {
        return recipe.train(new TrainingRun(
                engine,
                settings,
                store(),
                RunFolder.at(folder.resolve(name)),
                new Compute(Device.cpu(), 1),
                TrainingListener.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lstm", "rnn", "attention"})
    void aTextThatRepeatsItselfIsLearntAndContinued(String kind) throws IOException {
        assertLearntAndContinued(kind, "djl");
    }

    @Tag("acceptance")
    @ParameterizedTest
    @ValueSource(strings = {"lstm", "rnn"})
    void aTextThatRepeatsItselfIsLearntAndContinuedByDl4j(String kind) throws IOException {
        assertLearntAndContinued(kind, "dl4j");
    }

    private void assertLearntAndContinued(String kind, String engine) throws IOException {
        Rhyme recipe = new Rhyme(kind);
        TrainingResult result = train(recipe, Engine.of(engine), recipe.defaults(), kind + engine);
        assertTrue(result.metric("test.nats") < 0.25, result.card().metrics().toString());
        assertTrue(result.parity().agrees());
        Path file = result.model().resolve("model.onnx");
        assertEquals(List.of(), GraphChecker.faults(OnnxFile.read(file)));
        try (TextGenerator generator = TextGenerator.open(file, Device.cpu())) {
            assertEquals("mat.\nthe cat sat on ", generator.generate("the cat sat on a ", 20, Sampling.greedy()));
            assertEquals(CharacterVocabulary.of(LINE).characters(), generator.characters());
        }
        try (OnnxModel model = OnnxModel.open(file, Device.cpu())) {
            assertEquals(result.card().metrics(), recipe.measure(model, store(), ProgressListener.NONE));
        }
        assertRestored(recipe, result);
        String report = Files.readString(result.run().resolve("report/index.html"));
        assertTrue(report.contains("After 1 epoch, ") && report.contains("After 25 epochs, "), "samples by epoch");
    }

    /** What the file computes is what the run's network does, in its own engine. */
    private void assertRestored(Rhyme recipe, TrainingResult result) throws IOException {
        try (TrainedNetwork network = recipe.restore(RunFolder.at(result.run()), store(), ProgressListener.NONE)) {
            FileReport report =
                    network.exporter().compare(OnnxFile.read(result.model().resolve("model.onnx")));
            assertTrue(report.parity().agrees(), report.toString());
        }
    }

    @Test
    void aShortTextIsMeasuredAsAWholeAfterAnEpochAndTheReportSaysWhereALongOneEnds() throws IOException {
        Rhyme recipe = new Rhyme("rnn");
        TrainingResult result =
                train(recipe, Engine.of("djl"), recipe.defaults().withEpochs(1), "watched");
        List<String> history = Files.readAllLines(result.run().resolve("history.csv"));
        double watched = Double.parseDouble(history.get(1).split(",")[4]);
        assertEquals(result.metric("test.nats"), watched, 1e-5, history.toString());
        String report = Files.readString(result.run().resolve("report/index.html"));
        assertTrue(
                report.contains("on 30,000 characters of each part, from 10 places"), "what the curve is measured on");
    }

    @Test
    void excerptsAreOfAllTheTextFromItsBeginningToItsEnd() {
        int[] text = IntStream.range(0, 111).toArray();
        assertSame(text, LanguageModel.excerpts(text, 111));
        int[] excerpts = LanguageModel.excerpts(text, 30);
        assertEquals(30, excerpts.length);
        for (int piece = 0; piece < 10; piece++) {
            int start = 12 * piece;
            assertArrayEquals(
                    new int[] {start, start + 1, start + 2}, Arrays.copyOfRange(excerpts, 3 * piece, 3 * piece + 3));
        }
    }

    @Test
    void theLimitShortensTheText() throws IOException {
        Rhyme recipe = new Rhyme("lstm");
        Hyperparameters short1 = recipe.defaults().withEpochs(1).withLimit(8);
        double little = train(recipe, Engine.of("djl"), short1, "little").metric("test.nats");
        double all = train(recipe, Engine.of("djl"), recipe.defaults().withEpochs(1), "all")
                .metric("test.nats");
        assertTrue(all < little, all + " and " + little);
    }

    @Test
    void attentionIsRefusedByAnEngineThatHasNoneBeforeAnythingIsWritten() {
        Rhyme recipe = new Rhyme("attention");
        JZooException e = assertThrows(
                JZooException.class, () -> train(recipe, Engine.of("dl4j"), recipe.defaults(), "attention"));
        assertEquals(JZooException.Code.BAD_INPUT, e.code());
        assertTrue(e.hint().contains("--engine djl"), e.hint());
        assertFalse(Files.exists(folder.resolve("attention")));
    }
}
