package dev.jzoo.export.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.verification.ModelVerifier.FurtherCheck;
import dev.jzoo.zoo.ModelLookup;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelVerifierTest {

    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void copy() throws IOException {
        model = Copies.forecaster(folder.resolve("mirror/models"));
        Copies.writeManifest(folder.resolve("mirror/models"));
    }

    private List<Verdict> verify(String nameOrPath, FurtherCheck further) throws IOException {
        Zoo zoo = Zoo.open(new Settings(
                folder.resolve("home"), List.of(folder.resolve("mirror").toUri()), true));
        return new ModelVerifier(new ModelLookup(zoo, folder, List.of()), further)
                .verify(nameOrPath, ProgressListener.NONE);
    }

    private List<Verdict> verify(String nameOrPath) throws IOException {
        return verify(nameOrPath, FurtherCheck.NONE);
    }

    private static List<String> names(Verdict verdict) {
        return verdict.checks().stream().map(CheckResult::name).toList();
    }

    @Test
    void aModelOfTheZooIsPulledAndNamedWithItsVersion() throws IOException {
        Verdict verdict = verify("airline-lstm").get(0);
        assertEquals("airline-lstm@1.0.0", verdict.id());
        assertTrue(verdict.ok(), verdict.toString());
        assertEquals(List.of("digest", "graph", "runtime", "test-data", "card"), names(verdict));
        try (Stream<Path> stored = Files.walk(folder.resolve("home/models/airline-lstm/1.0.0"))) {
            assertTrue(stored.anyMatch(file -> file.endsWith("model.onnx")));
        }
    }

    @Test
    void aFolderWithAManifestHasAVerdictForEachModel() throws IOException {
        Copies.damage(model.resolveSibling("metrics.json"));
        List<Verdict> verdicts = verify("mirror/models");
        assertEquals(
                List.of("airline-lstm/1.0.0/model.onnx", "mnist1d-logistic/1.0.0/model.onnx"),
                verdicts.stream().map(Verdict::id).toList());
        assertFalse(verdicts.get(0).ok());
        assertTrue(verdicts.get(1).ok(), verdicts.toString());
    }

    @Test
    void aModelInsideSuchAFolderIsComparedWithTheManifest() throws IOException {
        assertEquals(
                "digest",
                names(verify("mirror/models/airline-lstm/1.0.0").get(0)).get(0));
        assertEquals("digest", names(verify(model.toString()).get(0)).get(0));
        Path alone = folder.resolve("alone/model.onnx");
        Files.createDirectories(alone.getParent());
        Files.copy(model, alone);
        assertEquals(List.of("graph", "runtime", "card"), names(verify("alone").get(0)));
        assertEquals("alone", verify("alone").get(0).id());
    }

    @Test
    void aFurtherCheckIsMadeOfModelsThatPass() throws IOException {
        List<Path> asked = new ArrayList<>();
        FurtherCheck further = (file, listener) -> {
            asked.add(file);
            return List.of(CheckResult.failed("taste", "too sweet"));
        };
        Copies.damage(model.resolveSibling("metrics.json"));
        List<Verdict> verdicts = verify("mirror/models", further);
        assertEquals(List.of(folder.resolve("mirror/models/mnist1d-logistic/1.0.0/model.onnx")), asked);
        assertEquals(
                CheckResult.failed("taste", "too sweet"),
                verdicts.get(1).checks().get(verdicts.get(1).checks().size() - 1));
        assertFalse(verdicts.get(1).ok());
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (String name : List.of("gone.onnx", "no-such-model", "./mirror")) {
            JZooException e = assertThrows(JZooException.class, () -> verify(name), name);
            assertEquals(JZooException.Code.NOT_FOUND, e.code(), name);
        }
    }
}
