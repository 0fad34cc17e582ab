package dev.jzoo.zoo.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.file.Sha256;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReferenceTest {

    private static final String DIGEST = "0".repeat(63) + "a";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mnist-logistic",
                "mnist-logistic@1.0.0",
                "onnx:MNIST",
                "onnx:VGG 16-bn@7",
                "hf:onnx-community/mobilenet.v2",
                "hf:owner/name@v1.0",
                "hf:owner/name@refs%2Fpr%2F1/onnx/model_quantized.onnx",
                "hf:owner/name/model.onnx",
                "mvn:org.example.models:insects:1.0.0",
                "mvn:org.example:insects:1.0.0/ants@2.0.0",
                "https://example.org/a/model.onnx",
                "http://127.0.0.1:8080/model.onnx#sha256=000000000000000000000000000000000000000000000000000000000000000a"
            })
    void isWrittenAsItWasRead(String text) {
        assertTrue(ModelReference.isReference(text));
        assertEquals(text, ModelReference.parse(text).toString());
    }

    @Test
    void partsAreThose() {
        assertEquals(
                new ModelReference.InHuggingFace("owner", "name", "main", "onnx/model.onnx"),
                ModelReference.parse("hf:owner/name/onnx/model.onnx"));
        assertEquals(new ModelReference.InOnnxHub("ResNet50", 12), ModelReference.parse("ONNX:ResNet50@12"));
        assertEquals(
                new ModelReference.OnWeb(URI.create("https://e.org/m.onnx"), Optional.of(new Sha256(DIGEST))),
                ModelReference.parse("https://e.org/m.onnx#sha256=" + DIGEST));
        assertEquals(
                "org/example/insects/1.0/insects-1.0.jar",
                new ModelReference.InMaven("org.example", "insects", "1.0", "").path());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"./mnist-logistic", "model.onnx", "runs/mine", "C:\\models\\a.onnx", "ftp://e.org/m.onnx", ""})
    void pathIsNone(String text) {
        assertFalse(ModelReference.isReference(text));
        assertThrows(IllegalArgumentException.class, () -> ModelReference.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hf:name",
                "hf:owner/../x",
                "hf:owner/name/../../x.onnx",
                "hf:owner/name/a//b",
                "hf:../name",
                "hf:owner/name@a b",
                "onnx:",
                "onnx:@7",
                "onnx:A@x",
                "mvn:g:a",
                "mvn:a..b:c:1",
                "mvn:g:..:1",
                "https://e.org/m.onnx#sha256=12",
                "https://e.org/m.onnx#part",
                "https:///m.onnx",
                "https://e.org/a b"
            })
    void whatCannotBeMeantIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> ModelReference.parse(text));
    }
}
