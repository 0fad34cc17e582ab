package dev.jzoo.recipes.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.text.Sampling;
import dev.jzoo.inference.text.TextGenerator;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.Recipes;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real text: JZOO_MIRROR names where it is. Runs are cut short; what whole ones reach is in the cards. */
@Tag("acceptance")
class ShakespeareAcceptanceTest {

    @TempDir
    Path folder;

    @Test
    void theBaselinesAreThoseOfTheCourse() throws IOException {
        RecipeTexts texts = new ShakespeareLstm().texts(Store.standard(), ProgressListener.NONE);
        assertEquals(65, texts.vocabulary().size());
        var nats = NGrams.of(texts.trainIds(), 65).nats(texts.testIds());
        double[] course = {3.347, 2.485, 2.050, 1.777, 1.757};
        for (int order = 0; order < course.length; order++) {
            assertEquals(course[order], nats.get("ngram-" + order + ".test.nats"), 6e-4, "order " + order);
        }
    }

    /** A part of an epoch is enough to beat what counting single characters, or pairs of them, gives. */
    @ParameterizedTest
    @CsvSource({
        "shakespeare-lstm,djl,4000,16,2.485",
        "shakespeare-rnn,djl,4000,16,2.485",
        "char-transformer,djl,6000,8,2.485",
        "shakespeare-lstm,dl4j,600,16,3.347",
        "shakespeare-rnn,dl4j,600,16,3.347"
    })
    void aPartOfAnEpochBeatsCounting(String id, String engine, int windows, int batch, double baseline)
            throws IOException {
        Recipe recipe = Recipes.get(id);
        TrainingResult result = recipe.train(new TrainingRun(
                Engine.of(engine),
                recipe.defaults().withEpochs(1).withLimit(windows).withBatch(batch),
                Store.standard(),
                RunFolder.at(folder.resolve("run")),
                Compute.standard(),
                TrainingListener.NONE));
        assertTrue(
                result.metric("test.nats") < baseline, result.card().metrics().toString());
        Path file = result.model().resolve("model.onnx");
        try (OnnxModel model = OnnxModel.open(file, Device.cpu())) {
            assertEquals(result.card().metrics(), recipe.measure(model, Store.standard(), ProgressListener.NONE));
        }
        try (TextGenerator generator = TextGenerator.open(file, Device.cpu())) {
            assertEquals(
                    300, generator.generate("ROMEO:", 300, Sampling.standard()).length());
        }
    }
}
