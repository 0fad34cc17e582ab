package dev.jzoo.export.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A test that ONNX's own checker, including its inference of shapes, accepts the files that the contract suites
 * exported. A subclass in each front end runs after all of them, by {@code @Order(Integer.MAX_VALUE)}. Needs the Python
 * package onnx and is skipped without it.
 */
public abstract class IndependentCheck {

    @TempDir
    public Path folder;

    @Test
    public void everyFileOfTheContractSuitesIsAccepted() throws Exception {
        requireAccepted(ContractFiles.SMALL);
    }

    /** Checks the large networks, which only the acceptance exports. */
    @Test
    @Tag("acceptance")
    public void everyFileOfTheLargeNetworksIsAccepted() throws Exception {
        requireAccepted(ContractFiles.LARGE);
        ContractFiles.LARGE.clear();
    }

    private void requireAccepted(ContractFiles kept) throws Exception {
        Assumptions.assumeTrue(kept.count() > 0, "skipped: no contract suite ran in this JVM");
        List<String[]> verdicts = PythonOnnx.required()
                .run(
                        IndependentCheck.class,
                        "check_models.py",
                        folder,
                        kept.folder().toString())
                .lines()
                .map(line -> line.split("\t", 3))
                .toList();
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

    private static List<String> of(String verdict, List<String[]> verdicts) {
        return verdicts.stream()
                .filter(line -> line[0].equals(verdict))
                .map(line -> line[1] + " " + line[2])
                .collect(Collectors.toList());
    }
}
