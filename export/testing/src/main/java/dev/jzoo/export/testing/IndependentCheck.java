package dev.jzoo.export.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ONNX's own checker, with its inference of shapes, accepts what the contract suites exported. A subclass in each front end
 * runs after all of them, by {@code @Order(Integer.MAX_VALUE)}. Needs the Python package onnx (Debian: python3-onnx) and is skipped without it.
 */
public abstract class IndependentCheck {

    @TempDir
    public Path folder;

    @Test
    public void everyFileOfTheContractSuitesIsAccepted() throws Exception {
        requireAccepted(ContractFiles.SMALL);
    }

    /** Those of the large networks, which are exported by the acceptance alone. */
    @Test
    @Tag("acceptance")
    public void everyFileOfTheLargeNetworksIsAccepted() throws Exception {
        requireAccepted(ContractFiles.LARGE);
        ContractFiles.LARGE.clear();
    }

    private void requireAccepted(ContractFiles kept) throws Exception {
        Assumptions.assumeTrue(kept.count() > 0, "skipped: no contract suite ran in this JVM");
        String python = Stream.of("python3", "/usr/bin/python3")
                .filter(IndependentCheck::hasOnnx)
                .findFirst()
                .orElse("");
        Assumptions.assumeFalse(python.isEmpty(), "skipped: no python3 with the package onnx (Debian: python3-onnx)");
        List<String[]> verdicts = verdicts(python, kept.folder());
        List<String> refused = of("refused", verdicts);
        System.out.printf(
                "onnx %s, which %s: %d files accepted, %d not checkable, %d refused%n",
                verdicts.get(0)[1],
                verdicts.get(0)[2],
                of("accepted", verdicts).size(),
                of("unknown", verdicts).size(),
                refused.size());
        of("unknown", verdicts).forEach(file -> System.out.println("not checkable: " + file));
        assertEquals("", String.join("\n", refused));
        assertEquals(kept.count(), verdicts.size() - 1, "every file has a verdict");
    }

    private List<String[]> verdicts(String python, Path files) throws IOException, InterruptedException {
        Path script = folder.resolve("check_models.py");
        Files.copy(IndependentCheck.class.getResourceAsStream("check_models.py"), script);
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(python, script.toString(), files.toString())
                .redirectError(errors.toFile())
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> printed + read(errors));
        return printed.lines().map(line -> line.split("\t", 3)).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static List<String> of(String verdict, List<String[]> verdicts) {
        return verdicts.stream()
                .filter(line -> line[0].equals(verdict))
                .map(line -> line[1] + " " + line[2])
                .collect(Collectors.toList());
    }

    private static boolean hasOnnx(String python) {
        try {
            return new ProcessBuilder(python, "-c", "import onnx")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }
}
