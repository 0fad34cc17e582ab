package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names of classes, folders and files with an emoji, kanji beyond U+FFFF, letters from right to left and marks that
 * combine, on their whole way: ONNX Runtime's Java binding loses the first two, in metadata and in paths.
 */
class NamesTest {

    private static final String EMOJI = "kreuz 😀";
    private static final String KANJI = "𠮷野家";
    private static final List<String> CLASSES = List.of(EMOJI, KANJI, "טבעת", "e\u0301cole");
    /** Expected class names: names are compared and stored in composed form. */
    private static final Set<String> KEPT = Set.of(EMOJI, KANJI, "טבעת", "école");

    private static final String PICTURES = "bilder 👪";

    @TempDir
    static Path outer;

    private static Path folder;
    private static Shell shell;

    @BeforeAll
    static void finetune() throws Exception {
        folder = Files.createDirectory(outer.resolve("家 😀 שלום e\u0301 𠮷"));
        shell = Shell.in(folder);
        Path shapes = Path.of("../docs/pictures/shapes");
        for (int i = 0; i < CLASSES.size(); i++) {
            copyHalf(
                    shapes.resolve(i % 2 == 0 ? "cross" : "ring"),
                    folder.resolve(PICTURES).resolve(CLASSES.get(i)),
                    i / 2);
        }
        Shell.Result made = shell.type("finetune", "--base", "mnist-logistic", "--data", PICTURES, "--name", "forms");
        assertEquals(0, made.exitCode(), made.err());
    }

    private static void copyHalf(Path from, Path to, int rest) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            List<Path> sorted = files.sorted().toList();
            for (int i = rest; i < sorted.size(); i += 2) {
                Files.copy(sorted.get(i), to.resolve(i + " 😀.png"));
            }
        }
    }

    private static Shell.Result type(String... words) {
        Shell.Result result = shell.type(words);
        assertEquals(0, result.exitCode(), result.out() + result.err());
        return result;
    }

    private static Set<String> labels(JsonNode predictions) {
        Set<String> labels = new TreeSet<>();
        predictions.forEach(prediction -> labels.add(prediction.get("label").asText()));
        return labels;
    }

    @Test
    void classesKeepTheirNames() throws Exception {
        JsonNode run = type("run", "forms", PICTURES + "/" + EMOJI + "/0 😀.png", "--top", "4", "--json")
                .json();
        assertEquals(KEPT, labels(run.at("/0/predictions")));
        assertEquals(PICTURES + "/" + EMOJI + "/0 😀.png", run.at("/0/input").asText());
        assertTrue(type("run", "forms", PICTURES + "/" + KANJI + "/0 😀.png", "--top", "4")
                .out()
                .contains(KANJI));
    }

    @Test
    void aRunOfAnyNamesVerifiesAndIsShown() throws Exception {
        type("verify", "runs/forms");
        assertTrue(type("inspect", "runs/forms").out().contains("labels"));
        String metadata = type("inspect", "runs/forms", "--json")
                .json()
                .at("/metadata/labels")
                .asText();
        assertTrue(metadata.contains("\\ud83d\\ude00") && metadata.contains("טבעת"), metadata);
        assertTrue(metadata.chars().noneMatch(c -> Character.isSurrogate((char) c)), metadata);
    }

    @Test
    void aRunIsPublishedAndPulledByAnotherHome() throws Exception {
        type("publish", "runs/forms", "--to", "zoo 😀/models");
        Path pulled = Files.createDirectory(outer.resolve("other 𠮷"));
        Shell other = Shell.in(pulled).with("JZOO_MIRROR", folder.resolve("zoo 😀"));
        Shell.Result result = other.type("pull", "forms");
        assertEquals(0, result.exitCode(), result.err());
        Shell.Result verified = other.type("verify", "forms");
        assertEquals(0, verified.exitCode(), verified.out() + verified.err());
        Shell.Result run = other.type(
                "run",
                "forms",
                folder.resolve(PICTURES).resolve(KANJI).resolve("0 😀.png").toString(),
                "--json");
        assertEquals(KEPT, labels(run.json().at("/0/predictions")));
    }

    @Test
    void anExportGoesToAnyPath() throws Exception {
        StandIns.mirror(folder);
        type("export", "made/months", "--out", "𠮷 😀.onnx");
        type("verify", "𠮷 😀.onnx");
        Shell.Result run = type("run", "𠮷 😀.onnx", "3", "10.5", "--steps", "1", "--json");
        assertEquals(12.5, run.json().at("/values/0").asDouble());
    }

    @Test
    void aLabelOfAnOlderReleaseIsReadWhole() throws Exception {
        Path model = folder.resolve("runs/forms/model/model.onnx");
        byte[] escaped = Files.readAllBytes(model);
        // as older releases wrote it: the character itself, here before blanks so that no length changes
        String before = new String(escaped, StandardCharsets.ISO_8859_1);
        String raw = new String("😀        ".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String older = before.replace("\\ud83d\\ude00", raw);
        Path old = Files.write(folder.resolve("old.onnx"), older.getBytes(StandardCharsets.ISO_8859_1));
        JsonNode run = type("run", old.toString(), PICTURES + "/" + EMOJI + "/0 😀.png", "--json")
                .json();
        assertTrue(labels(run.at("/0/predictions")).contains("kreuz 😀        "), run.toString());
    }
}
