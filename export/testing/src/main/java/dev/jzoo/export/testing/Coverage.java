package dev.jzoo.export.testing;

import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The exports of this JVM's contract suites: the source of {@code docs/operators.md}. */
public final class Coverage {

    private static final int LOWEST_OPSET = 13;

    /** The ONNX form of one part, over all its cases. */
    private static final class Row {
        private final SortedSet<String> operators = new TreeSet<>();
        private final SortedSet<String> limits = new TreeSet<>();
        private int lowestOpset = LOWEST_OPSET;
        private int cases;

        private String form() {
            return cases == 0 ? "none" : operators.isEmpty() ? "nothing" : String.join(", ", operators);
        }

        /**
         * Returns the lowest opset. Operators of a later opset are composed of earlier ones below it, if the builder
         * can do that.
         */
        private String opset() {
            if (cases == 0) {
                return "";
            }
            boolean composed = operators.stream().allMatch(new GraphBuilder(LOWEST_OPSET)::supports);
            return lowestOpset == LOWEST_OPSET || !composed
                    ? Integer.toString(lowestOpset)
                    : LOWEST_OPSET + ", composed below " + lowestOpset;
        }

        private String tested() {
            return cases == 0 ? "rejected" : cases == 1 ? "1 export" : cases + " exports";
        }
    }

    private static final Map<String, SortedMap<String, Row>> ROWS = new TreeMap<>();

    private Coverage() {}

    /**
     * Records a case that agreed with ONNX Runtime.
     *
     * @param suite heading of the table: "DJL primitives"
     * @param part name of the exported part, the same for all its cases
     */
    public static synchronized void note(String suite, String part, OnnxFile file) {
        Row row = row(suite, part);
        file.graph().nodes().stream().map(Node::opType).forEach(row.operators::add);
        row.lowestOpset = Math.max(row.lowestOpset, lowestOpset(file));
        row.cases++;
    }

    /** Records a reason for which a part was refused, or a limit for its user, as a test observed it. */
    public static synchronized void limit(String suite, String part, String limit) {
        row(suite, part).limits.add(limit);
    }

    private static Row row(String suite, String part) {
        return ROWS.computeIfAbsent(suite, s -> new TreeMap<>()).computeIfAbsent(part, p -> new Row());
    }

    /** Returns the lowest opset that knows every node of a graph unchanged. */
    private static int lowestOpset(OnnxFile file) {
        int opset = (int) file.opset();
        while (opset > LOWEST_OPSET) {
            OnnxFile older = new OnnxFile(
                    file.irVersion(),
                    new TreeMap<>(Map.of("", opset - 1L)),
                    file.producer(),
                    file.graph(),
                    file.metadata());
            if (!GraphChecker.faults(older).isEmpty()) {
                return opset;
            }
            opset--;
        }
        return opset;
    }

    /** Returns the suites for which exports were recorded. */
    static synchronized SortedSet<String> suites() {
        return suites(row -> row.cases > 0);
    }

    /** Returns the suites for which limits were recorded. */
    static synchronized SortedSet<String> limited() {
        return suites(row -> !row.limits.isEmpty());
    }

    private static SortedSet<String> suites(Predicate<Row> condition) {
        return ROWS.entrySet().stream()
                .filter(suite -> suite.getValue().values().stream().anyMatch(condition))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns a line for each suite, as in "DL4J: 1234 exports of 98 parts agree with ONNX Runtime". */
    static synchronized String counts() {
        return ROWS.entrySet().stream()
                .map(suite -> suite.getKey() + ": "
                        + suite.getValue().values().stream()
                                .mapToInt(row -> row.cases)
                                .sum() + " exports of "
                        + suite.getValue().values().stream()
                                .filter(row -> row.cases > 0)
                                .count()
                        + " parts agree with ONNX Runtime")
                .collect(Collectors.joining("\n"));
    }

    /** Returns all suites of this JVM, in the order of the page. */
    static synchronized List<String> names() {
        return List.copyOf(ROWS.keySet());
    }

    /** Returns the table of a suite under its heading, in Markdown. */
    static synchronized String table(String suite) {
        StringBuilder page = new StringBuilder();
        page.append("\n## ").append(suite).append("\n\n");
        page.append("| part | ONNX form | lowest opset | tested how | known limits |\n|---|---|---|---|---|\n");
        ROWS.get(suite).forEach((part, row) -> page.append("| ")
                .append(part)
                .append(" | ")
                .append(row.form())
                .append(" | ")
                .append(row.opset())
                .append(" | ")
                .append(row.tested())
                .append(" | ")
                .append(String.join("; ", row.limits))
                .append(" |\n"));
        return page.toString();
    }
}
