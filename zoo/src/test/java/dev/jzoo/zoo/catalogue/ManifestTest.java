package dev.jzoo.zoo.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.Fixtures;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.settings.Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ManifestTest {

    private static final String DIGEST = "5945dee6478abdab2d5e4ce3868b4d969741e3dad2134cc669da65a4f092755b";

    /** A manifest in the layout of the ONNX Hub. */
    private static final String HUB = """
            [
                {
                    "model": "AlexNet",
                    "model_path": "validated/vision/alexnet-9.onnx",
                    "onnx_version": "1.4",
                    "opset_version": 9,
                    "metadata": {
                        "model_sha": "%s",
                        "model_bytes": 243863419,
                        "tags": [
                            "vision",
                            "alexnet"
                        ],
                        "io_ports": {
                            "inputs": [
                                {
                                    "name": "data_0",
                                    "shape": [
                                        1,
                                        "height",
                                        null
                                    ],
                                    "type": "tensor(float)"
                                },
                                {
                                    "name": "scalar",
                                    "shape": [],
                                    "type": "tensor(int64)"
                                }
                            ],
                            "outputs": []
                        },
                        "extra_ports": {
                            "features": [
                                {
                                    "name": "fc7_1",
                                    "shape": [
                                        1,
                                        4096
                                    ]
                                }
                            ]
                        },
                        "model_with_data_path": "validated/vision/alexnet-9.tar.gz",
                        "model_with_data_sha": "%s",
                        "model_with_data_bytes": 226166303
                    }
                }
            ]
            """.formatted(DIGEST, DIGEST);

    @Test
    void entryOfTheOnnxHubIsRead() throws Exception {
        Manifest.Entry entry = Manifest.parse("hub", HUB).entries().get(0);
        assertEquals("AlexNet", entry.model());
        assertEquals(9, entry.opset());
        assertEquals(
                new Manifest.FileDigest("validated/vision/alexnet-9.onnx", 243863419, new Sha256(DIGEST)),
                entry.file());
        assertEquals(
                List.of(Dimension.of(1), Dimension.of("height"), new Dimension.UnknownDimension()),
                entry.inputs().get(0).shape());
        assertEquals("", entry.features().get(0).type());
        assertEquals(226166303, entry.archive().orElseThrow().bytes());
        assertEquals(Optional.empty(), entry.published());
    }

    @Test
    void manifestIsWrittenAsItWasRead() throws Exception {
        assertEquals(HUB, Manifest.parse("hub", HUB).text());
        assertEquals("[]\n", new Manifest(List.of()).text());
    }

    @Test
    void brokenManifestIsRefusedNamingFileModelAndField() {
        refused(HUB.replace("\"opset_version\": 9", "\"opset_version\": \"nine\""), "hub", "AlexNet", "opset_version");
        refused(HUB.replace("\"opset_version\": 9", "\"opset_version\": 0"), "opset", "0");
        refused(HUB.replaceFirst(DIGEST, "12"), "64 hexadecimal digits");
        refused(HUB.replace("validated/vision/alexnet-9.onnx", "../../etc/passwd"), "../../etc/passwd");
        refused(HUB.replace("243863419", "-1"), "-1");
        refused("{}", "expected an array");
        refused("[1]", ": expected text");
        refused("[", "line");
    }

    @Test
    void entryThatNamesFilesOfAnotherModelIsRefused() {
        ModelCard card = Fixtures.card("mine", "1.0.0", new Sha256(DIGEST));
        Manifest.FileDigest file = new Manifest.FileDigest("other/1.0.0/model.onnx", 1, new Sha256(DIGEST));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> entry(card, file));
        assertTrue(e.getMessage().contains("not in mine/1.0.0/"), e.getMessage());
    }

    @Test
    void versionsAreSortedByNumberAndReplacedByNewEntries() {
        Manifest manifest = new Manifest(List.of())
                .with(entry("b", "1.10.0", 1))
                .with(entry("b", "1.9.0", 1))
                .with(entry("a", "1.0.0", 1))
                .with(entry("b", "1.9.0", 2));
        assertEquals(
                List.of("a/1.0.0/model.onnx 1", "b/1.9.0/model.onnx 2", "b/1.10.0/model.onnx 1"),
                manifest.entries().stream()
                        .map(entry -> entry.file().path() + " " + entry.file().bytes())
                        .toList());
    }

    @Test
    @Tag("acceptance")
    void manifestOfTheOnnxHubIsWrittenByteForByteAsItWasRead() throws Exception {
        URI mirror = Settings.standard().mirrors().get(0);
        Path file = Path.of(mirror).resolve("onnx-hub").resolve(Manifest.FILE_NAME);
        Manifest manifest = Manifest.read(file);
        assertEquals(184, manifest.entries().size());
        assertEquals(
                67,
                manifest.entries().stream().filter(e -> !e.features().isEmpty()).count());
        assertEquals(
                162,
                manifest.entries().stream().filter(e -> !e.inputs().isEmpty()).count());
        assertEquals(Files.readString(file) + "\n", manifest.text());
    }

    private static Manifest.Entry entry(String id, String version, long bytes) {
        return entry(
                Fixtures.card(id, version, new Sha256(DIGEST)),
                new Manifest.FileDigest(id + "/" + version + "/model.onnx", bytes, new Sha256(DIGEST)));
    }

    private static Manifest.Entry entry(ModelCard card, Manifest.FileDigest file) {
        Manifest.FileDigest readme =
                new Manifest.FileDigest(card.id() + "/" + card.version() + "/README.md", 1, new Sha256(DIGEST));
        return new Manifest.Entry(
                card.id(),
                "1.19",
                17,
                file,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(new Manifest.PublishedFiles(card, List.of(readme, file))));
    }

    private static void refused(String json, String... named) {
        DataFormatException e = assertThrows(DataFormatException.class, () -> Manifest.parse("hub", json), json);
        for (String name : named) {
            assertTrue(e.getMessage().contains(name), e.getMessage());
        }
    }
}
