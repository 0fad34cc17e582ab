package dev.jzoo.export.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * A test that compares the tables of {@code docs/operators.md} with the exports of a front end's contract suites. A
 * subclass in each front end runs after all of them, by {@code @Order(Integer.MAX_VALUE)}. To renew the page, run
 * {@code mvn test -pl export/djl,export/dl4j,export/scratch -Dtests.jvm="-Xmx2g -Doperators.renew=true"}.
 */
public abstract class OperatorsPageCheck {

    private static final Path PAGE = Path.of("..", "..", "docs", "operators.md");

    private static final String HEAD = """
            # What can be exported

            This page lists the layers and functions that can be exported to ONNX, and then the operators of ONNX files that can be trained. A test
            writes it from the contract suites, the tests of the exporter; `mvn verify` fails if it is stale.

            Each row is a layer or function and lists the ONNX operators of all its exports, at opset 17. Each export has its own random weights,
            biases and statistics. Height, width and channels have different sizes. The test checks that the graph follows ONNX's rules. It
            also checks that ONNX Runtime and the framework agree in every value within max(1e-5, 1e-4 relative), at batch 1 and 3 and at two lengths.
            Exports of DJL and of networks from scratch run with optimisations off and on. Exports of DL4J run with one of the two, which
            alternates from seed to seed. A layer with parameters has two seeds or more.

            Layers of Keras files are compared with a reference in plain Java, which is tested against Keras itself. Their rows list all settings
            that have an effect at inference; each value of each setting was exported. A file with any other setting is rejected.

            A known limit is a form of the layer or function that the exporter rejects by name, or a remark of the test. The exporter also rejects
            layers and functions that are not listed. The error names all of them, and no file is written.
            """;

    private final Set<String> suites;

    /** @param suites headings of the tables that this front end's suites fill */
    protected OperatorsPageCheck(Set<String> suites) {
        this.suites = new TreeSet<>(suites);
    }

    @AfterAll
    public static void count() {
        System.out.println(Coverage.counts());
    }

    @Test
    public void thePageShowsWhatTheSuitesExported() throws IOException {
        Assumptions.assumeTrue(
                Coverage.suites().containsAll(suites) && Coverage.limited().containsAll(suites),
                "skipped: only some of the contract suites ran in this JVM");
        String page = Files.readString(PAGE);
        for (String suite : Coverage.names()) {
            int begin = page.indexOf("\n## " + suite + "\n");
            assertTrue(begin > 0, "The page has no heading '## " + suite + "'.");
            int end = page.indexOf("\n#", begin + 1);
            page = page.substring(0, begin) + Coverage.table(suite) + page.substring(end < 0 ? page.length() : end);
        }
        if (Boolean.getBoolean("operators.renew")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(Files.readString(PAGE), page);
        assertTrue(page.startsWith(HEAD), "The page does not begin with the text of this test.");
    }
}
