package dev.jzoo.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
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

    /** Where the part begins that the training module's ConformanceTest writes. */
    private static final String TRAINED = "\n# What can be trained\n";

    private static final String HEAD = """
            # What can be exported

            Written by a test from the contract suites; `mvn verify` fails when it is stale. A row is a part, and its form the operators of all
            its exports at opset 17. Each export has random weights, biases and statistics of its own, and odd shapes (height, width and channels
            differ). It is tested so: the graph keeps ONNX's rules, and ONNX Runtime gives what the framework gives, value by value within
            max(1e-5, 1e-4 relative), at batch 1 and 3 and two lengths; DJL's with its optimisations off and on each time, DL4J's by turns from seed
            to seed. A part with parameters has two seeds or more.

            A known limit is what a part was refused for by name in a test, or what that test found worth knowing. Whatever is not here at all is
            refused by name too when it is met, with everything else that has no form, and nothing is written.
            """;

    @AfterAll
    static void count() {
        System.out.println(Coverage.counts());
    }

    @Test
    void thePageShowsWhatTheSuitesExported() throws IOException {
        Assumptions.assumeTrue(
                Coverage.suites().containsAll(SUITES) && Coverage.limited().containsAll(SUITES),
                "skipped: only some of the contract suites ran in this JVM");
        String before = Files.readString(PAGE);
        int trained = before.indexOf(TRAINED);
        String page = HEAD + Coverage.tables() + (trained < 0 ? "" : before.substring(trained));
        if (Boolean.getBoolean("operators.renew")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(Files.readString(PAGE), page);
    }
}
