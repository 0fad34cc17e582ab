package dev.jzoo.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.pictures.Embedder;
import dev.jzoo.inference.pictures.ImageClassifier;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskModelTest {

    /** A task as in an application. */
    private static final class Addition extends TaskModel {

        static final TaskLoader<Addition> LOADER = new TaskLoader<>(Addition::new);

        Addition(OnnxModel model) {
            super(model);
            if (model.inputs().size() != 2) {
                throw new IllegalStateException(model.name() + " does not add.");
            }
        }

        int inputs() {
            return model().inputs().size();
        }
    }

    @TempDir
    Path folder;

    @Test
    void aTaskOfAnApplicationIsOpenedByPathAndClosed() throws IOException {
        Path file = Fixtures.file("add.onnx");
        Addition addition = Addition.LOADER.load(file.toString(), Device.cpu());
        try (addition) {
            assertEquals(2, addition.inputs());
            assertTrue(addition.card().isEmpty());
        }
        assertThrows(IllegalStateException.class, () -> addition.model().run(Map.of()));
    }

    @Test
    void aModelThatDoesNotFitIsClosedAtOnce() throws IOException {
        OnnxModel model = Fixtures.model("quadrants.onnx");
        String refusal = assertThrows(IllegalStateException.class, () -> Addition.LOADER.of(model))
                .getMessage();
        assertTrue(refusal.endsWith("does not add."), refusal);
        Tensor picture = Tensor.ofBytes(new byte[784], 1, 28, 28, 1);
        assertThrows(IllegalStateException.class, () -> model.run(Map.of("image", picture)));
    }

    /** An embedder works without a card; only reading the card fails. */
    @Test
    void aBrokenCardIsRefusedByWhoeverNeedsIt() throws IOException {
        byte[] bytes = Files.readAllBytes(Fixtures.file("quadrants.onnx"));
        int card = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("{", indexOf(bytes, "jzoo.card"));
        bytes[card] = '!';
        Path file = Files.write(folder.resolve("broken.onnx"), bytes);
        assertThrows(DataFormatException.class, () -> ImageClassifier.open(file, Device.cpu()));
        try (Embedder embedder = Embedder.open(file, "probabilities", Device.cpu())) {
            assertEquals(4, embedder.dimension());
            JZooException refusal = assertThrows(JZooException.class, embedder::card);
            assertEquals(JZooException.Code.BAD_INPUT, refusal.code());
            assertTrue(refusal.getMessage().contains("broken.onnx"), refusal.getMessage());
        }
    }

    private static int indexOf(byte[] bytes, String text) {
        int index = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
        assertFalse(index < 0, text);
        return index;
    }
}
