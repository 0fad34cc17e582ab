package dev.jzoo.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/operators.md} against what the contract suites exported; runs behind all of them. Renewed by {@code mvn
 * verify -pl export -Dtests.jvm="-Xmx2g -Doperators.renew=true"}.
 */
@Order(Integer.MAX_VALUE)
class OperatorsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "operators.md");

    private static final Set<String> SUITES = Set.of("DJL blocks", "DJL primitives", "DL4J");

    private static final String HEAD = """
            # What can be exported

            Written by a test from the contract suites, which export each part with random weights, odd shapes and random statistics, and
            compare ONNX Runtime with the framework at two batch sizes and two lengths, with its optimisations off and on, value by value within
            max(1e-5, 1e-4 relative). A row is a part; its operators are those of all its cases at opset 17. `mvn verify` fails when this page
            is stale. Whatever is not here is refused by name when it is met, with everything else that has no form, and nothing is written.
            """;

    @Test
    void thePageShowsWhatTheSuitesExported() throws IOException {
        Assumptions.assumeTrue(
                Coverage.suites().containsAll(SUITES), "skipped: only some of the contract suites ran in this JVM");
        String page = HEAD + Coverage.tables();
        if (Boolean.getBoolean("operators.renew")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(Files.readString(PAGE), page);
    }
}
