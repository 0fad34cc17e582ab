package dev.jzoo.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.publishing.Publisher;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ManifestContentsTest {

    private static final Path MODELS = Path.of("..", "..", "zoo", "models");

    @Test
    void theZoosListSaysOfEachFileWhatIsInIt() throws Exception {
        Map<String, String> vectors = new TreeMap<>();
        for (Manifest.Entry entry :
                Manifest.read(MODELS.resolve(Manifest.FILE_NAME)).entries()) {
            assertEquals(
                    new Publisher.ModelSignature(
                            entry.onnxVersion(), entry.opset(), entry.inputs(), entry.outputs(), entry.features()),
                    ManifestContents.of(MODELS.resolve(entry.file().path())),
                    entry.model());
            entry.features()
                    .forEach(port -> vectors.put(entry.model(), port.shape().toString()));
        }
        // The inputs of the last layers, as in the models' recipes.
        assertEquals("[batch, 84]", vectors.get("mnist-lenet"));
        assertEquals("[batch, 64]", vectors.get("cifar10-resnet20"));
        assertEquals("[batch, 1024]", vectors.get("cifar10-mini-alexnet"));
    }

    @Test
    void theVersionOfOnnxGoesWithTheOpset() {
        assertEquals("1.8", ManifestContents.release(13));
        assertEquals("1.10", ManifestContents.release(15));
        assertEquals("1.12", ManifestContents.release(17));
        assertEquals("1.19", ManifestContents.release(24));
    }
}
