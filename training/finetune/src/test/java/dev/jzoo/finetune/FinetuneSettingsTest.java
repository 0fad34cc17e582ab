package dev.jzoo.finetune;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.datasets.pictures.PictureFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinetuneSettingsTest {

    @TempDir
    Path folder;

    @Test
    void theDefaultsAreAHeadOneViewAndSeedOne() throws Exception {
        Path data = Bases.pictures(folder.resolve("my shapes"), 2, 2);
        PictureFolder pictures = PictureFolder.read(data);
        Path base = Path.of("it's one.onnx");
        assertEquals(
                new FinetuneSettings(
                        "shapes",
                        base,
                        "it's one.onnx",
                        pictures,
                        new Mode.HeadOnly(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        1,
                        1,
                        "jzoo finetune --base 'it'\\''s one.onnx' --data '" + data + "' --seed 1"),
                FinetuneSettings.of("shapes", base, pictures));
    }
}
