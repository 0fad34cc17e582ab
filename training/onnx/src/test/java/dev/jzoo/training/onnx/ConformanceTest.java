package dev.jzoo.training.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.Compute;
import dev.jzoo.training.djl.DjlEngine;
import dev.jzoo.training.onnx.NodeTest.Result;
import dev.jzoo.training.onnx.operators.Operators;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * ONNX's backend tests of single nodes (release 1.22.0), from the mirror, or from a zip or folder that the property {@code
 * conformance.tests} names. Its table in {@code docs/operators.md} is renewed by {@code JZOO_MIRROR=... mvn test -Pacceptance
 * -pl training/onnx -Dtest=ConformanceTest -Dtests.jvm="-Xmx2g -Doperators.renew=true"}.
 */
@Tag("acceptance")
class ConformanceTest {

    private static final double TARGET = 0.95;

    static Path source() {
        String given = System.getProperty("conformance.tests", "");
        return given.isEmpty() ? Mirror.find("onnx-tests/onnx-backend-tests-1.22.0.zip") : Path.of(given);
    }

    private static List<NodeTest> tests = List.of();

    @BeforeAll
    static void runAll() throws IOException {
        new DjlEngine().start(Compute.standard(), 1);
        if (Files.isDirectory(source())) {
            tests = run(source().resolve("node"));
            return;
        }
        try (FileSystem zip = FileSystems.newFileSystem(source())) {
            tests = run(zip.getPath("node"));
        }
    }

    private static List<NodeTest> run(Path nodes) throws IOException {
        List<NodeTest> tests = new ArrayList<>();
        try (Stream<Path> folders = Files.list(nodes)) {
            for (Path folder : folders.sorted().toList()) {
                tests.add(NodeTest.run(folder));
            }
        }
        return tests;
    }

    @Test
    void allFloatTestsOfSupportedOperatorsPassAndThePageShowsThemAll() throws IOException {
        ConformanceTable table = new ConformanceTable(tests);
        System.out.println(table.summary());
        assertEquals(
                List.of(),
                tests.stream()
                        .filter(test -> test.result() == Result.FAILED)
                        .map(test -> test.name() + ": " + test.reason())
                        .toList());
        assertTrue(table.share() >= TARGET, table.summary());
        table.holdAgainstPage();
    }

    @Test
    void everyOperatorHasATestThatPasses() throws IOException {
        Set<String> untested = new TreeSet<>(Operators.names());
        tests.stream()
                .filter(test -> test.result() == Result.PASSED)
                .forEach(test -> untested.removeAll(test.operators()));
        // ONNX has none of these, or of opset 1 and 27 only. OperatorGradientsTest and OperatorsAgainstRuntimeTest
        // have.
        untested.removeIf(name -> name.startsWith("com.microsoft."));
        assertEquals(Set.of("GlobalLpPool", "Not", "Range"), untested);
    }
}
