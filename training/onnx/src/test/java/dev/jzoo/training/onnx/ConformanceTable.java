package dev.jzoo.training.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.training.onnx.NodeTest.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The results of the tests, as the last part of {@code docs/operators.md}. */
final class ConformanceTable {

    private static final Path PAGE = Path.of("..", "..", "docs", "operators.md");

    private static final String HEADING = "\n# What can be trained\n";

    /**
     * Operators that are no part of a network of opset 7 to 25 that learns by gradients: losses and optimisers, what came
     * later, random numbers, signal processing, classical learning, text, control flow and containers.
     */
    private static final Set<String> BESIDE = Set.of(
            "Bernoulli",
            "BitCast",
            "BlackmanWindow",
            "CausalConvWithState",
            "DFT",
            "Det",
            "HammingWindow",
            "HannWindow",
            "LinearAttention",
            "Loop",
            "MelWeightMatrix",
            "NegativeLogLikelihoodLoss",
            "OptionalGetElement",
            "STFT",
            "Scan",
            "SoftmaxCrossEntropyLoss",
            "TfIdfVectorizer",
            "Unique");

    private final List<NodeTest> tests;

    ConformanceTable(List<NodeTest> tests) {
        this.tests = tests;
    }

    private static boolean counts(NodeTest test) {
        return test.isFloat()
                && test.operators().stream().noneMatch(name -> BESIDE.contains(name) || name.startsWith("ai.onnx."));
    }

    private long count(Result result, boolean all) {
        return tests.stream()
                .filter(NodeTest::isFloat)
                .filter(test -> all || counts(test))
                .filter(test -> test.result() == result)
                .count();
    }

    /** Share of the float tests of operators that networks are made of that pass. */
    double share() {
        return (double) count(Result.PASSED, false)
                / tests.stream().filter(ConformanceTable::counts).count();
    }

    String summary() {
        long floats = tests.stream().filter(NodeTest::isFloat).count();
        long counting = tests.stream().filter(ConformanceTable::counts).count();
        return """
                There are %,d tests. %d of them return 32-bit floating point, and take only such values, integers and booleans. %d of these test
                the operators of networks, at opset 7 to 25: %d pass (%.1f %%), %d are rejected by name, %d fail. Among all %d, %d pass
                (%.1f %%).
                """.formatted(
                        tests.size(),
                        floats,
                        counting,
                        count(Result.PASSED, false),
                        100 * share(),
                        count(Result.REFUSED, false),
                        count(Result.FAILED, false),
                        floats,
                        count(Result.PASSED, true),
                        100.0 * count(Result.PASSED, true) / floats);
    }

    void holdAgainstPage() throws IOException {
        String page = Files.readString(PAGE);
        int at = page.indexOf(HEADING);
        String exports = at < 0 ? page : page.substring(0, at);
        if (Boolean.getBoolean("operators.renew")) {
            Files.writeString(PAGE, exports + text());
        }
        assertEquals(Files.readString(PAGE), exports + text());
    }

    private String text() {
        return HEADING + """

                This part lists the operators that `OnnxBlock` can train ([training.md](training.md#train-an-onnx-file-further)). `ConformanceTest` writes
                it: it runs ONNX's own tests of single nodes, release 1.22.0 (`onnx/backend/test/data/node`), on `OnnxBlock`. A test passes if shapes and
                types are equal and values are within max(1e-5, 1e-3 relative), ONNX's own tolerance.

                """ + summary() + """

                These do not count as operators of networks: losses and optimisers, additions after opset 25, random numbers, signal processing,
                classical learning, text, control flow and containers. The last columns show the tests with other widths of floating point, or with
                integers only. DJL's engine does not have 16-bit integers, unsigned integers except bytes, bfloat16 and strings.

                | operator | float tests: passed | rejected | failed | other tests: passed | rejected | failed |
                |---|---|---|---|---|---|---|
                """ + rows() + """

                These operators are rejected in every test:

                | operator | tests |
                |---|---|
                """ + refused();
    }

    private TreeMap<String, List<NodeTest>> byOperator() {
        return tests.stream().collect(Collectors.groupingBy(NodeTest::operator, TreeMap::new, Collectors.toList()));
    }

    private static boolean isKnown(List<NodeTest> tests) {
        return tests.stream().anyMatch(test -> test.result() != Result.REFUSED);
    }

    private String rows() {
        StringBuilder rows = new StringBuilder();
        byOperator().forEach((operator, of) -> {
            if (isKnown(of)) {
                rows.append("| ").append(operator);
                for (boolean isFloat : new boolean[] {true, false}) {
                    for (Result result : Result.values()) {
                        long count = of.stream()
                                .filter(test -> test.isFloat() == isFloat && test.result() == result)
                                .count();
                        rows.append(" | ").append(count == 0 ? "" : Long.toString(count));
                    }
                }
                rows.append(" |\n");
            }
        });
        return rows.toString();
    }

    private String refused() {
        return byOperator().entrySet().stream()
                .filter(entry -> !isKnown(entry.getValue()))
                .map(entry -> "| " + entry.getKey() + " | " + entry.getValue().size() + " |\n")
                .collect(Collectors.joining());
    }
}
