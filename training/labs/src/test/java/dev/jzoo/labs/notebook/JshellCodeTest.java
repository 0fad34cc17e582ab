package dev.jzoo.labs.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JshellCodeTest {

    /** A method before the record of its parameter, a constant before the method that computes it, and a recursion. */
    private static final List<String> DEFINITIONS = List.of(
            "private static final double SUM = sum(new Pair(1, 2));\n",
            "/** Adds a {@link Pair}. */\nprivate static double sum(Pair pair) {\n    return pair.a() + pair.b();\n}\n",
            "private record Pair(double a, double b) {}\n",
            "private static int even(int n) {\n    return n == 0 ? 1 : odd(n - 1);\n}\n",
            "private static int odd(int n) {\n    return n == 0 ? 0 : even(n - 1);\n}\n",
            "private static final int[] A = {1};\n",
            "private static final int[] B = {\n    2, 3\n};\n");

    private static JshellRun run(List<String> cells) {
        return JshellRun.of(
                new JupyterNotebook(cells.stream().map(NotebookCell::code).toList()));
    }

    @Test
    void definitionsAreReorderedOnlyAsFarAsJshellNeedsIt() {
        assertFalse(run(DEFINITIONS).faults().isEmpty());
        List<String> cells = new ArrayList<>(JshellCode.definitions(DEFINITIONS));
        assertEquals(
                List.of("record Pair", "double sum", "double SUM", "int odd", "int even", "int[] A"),
                cells.stream()
                        .map(cell ->
                                cell.replaceFirst("(?s)/\\*.*?\\*/\n", "").replaceFirst("(?s)^(\\S+ \\w+).*", "$1"))
                        .toList());
        cells.add("SUM + even(4) + B[1]");
        JshellRun run = run(cells);
        assertEquals(List.of(), run.faults());
        assertEquals(List.of("7.0"), run.values());
    }

    /** The accessor of a record has the name of a method whose result is that record. */
    @Test
    void aTypeComesBeforeAMethodThatIsNamedLikeOneOfItsFields() {
        List<String> cells = new ArrayList<>(JshellCode.definitions(List.of(
                "private record Curves(double[] train) {\n    double last() {\n        return train[0];\n    }\n}\n",
                "private static Curves train(int epochs) {\n    return new Curves(new double[] {epochs});\n}\n")));
        cells.add("train(3).last()");
        JshellRun run = run(cells);
        assertEquals(List.of(), run.faults());
        assertEquals(List.of("3.0"), run.values());
    }

    @Test
    void overloadsStayTogether() {
        List<String> overloads =
                List.of("static int f(int a) {\n    return a;\n}\n", "static int f(long a) {\n    return 2;\n}\n");
        assertEquals(1, JshellCode.definitions(overloads).size());
        assertEquals(
                List.of("2"),
                run(List.of(JshellCode.definitions(overloads).get(0), "f(1L)")).values());
    }

    @Test
    void privateAndStaticAreRemovedFromTheDeclarationOnly() {
        assertEquals(
                List.of(
                        "/** Private static. */\n@SuppressWarnings(\"static\")\nclass C {\n    private static int n;\n}\n"),
                JshellCode.definitions(
                        List.of(
                                "/** Private static. */\n@SuppressWarnings(\"static\")\nprivate static final class C {\n    private static int n;\n}\n")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int[] w = {1, 2};\nw[1] += 2;\n",
                "int i = 0;\ni++;\n",
                "int i = 0;\n++i;\n",
                "int i = 0;\ni = 3;\n",
                "int i = 8;\ni >>= 1;\n",
                "var list = new ArrayList<Integer>();\nlist.add(3);\n",
                "double[][] m = {{1}};\nm[0][0] = 2;\n",
                "new StringBuilder().append(3);\n",
                "String.format(\n        \"%d\",\n        3);\n",
                "int[] a = {1};\nArrays.stream(a)\n        .sum();\n"
            })
    void aCellThatEndsInAValueDoesNotShowIt(String code) {
        assertEquals(1, run(List.of(code)).values().size(), "JShell shows it as it is.");
        JshellRun run = run(List.of(JshellCode.statements(code)));
        assertEquals(List.of(), run.faults());
        assertEquals(List.of(), run.values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int i = 3;\n",
                "double[] a = {1, 2};\n",
                "List<String> names = new ArrayList<>();\n",
                "for (int i = 0; i < 3; i++) {\n    i += 1;\n}\n",
                "page.figure(LineChart.of(1)\n        .line(2));\n",
                "if (true) {\n    f(3);\n} else {\n    g(4);\n}\n",
                "// f(3);\n"
            })
    void otherCellsStayAsTheyAre(String code) {
        assertEquals(code, JshellCode.statements(code));
    }

    @Test
    void formulasInCommentsBecomeText() {
        assertEquals(
                "double e = x - 1; // x^2 and y_i, see",
                CodeComments.plain("double e = x - 1; // $x^2$ and $y_i$, see"));
        assertEquals(
                "String s = \"// $x$ costs $5$\"; // x", CodeComments.plain("String s = \"// $x$ costs $5$\"; // $x$"));
        assertEquals(
                "/** A sum x + y. */\nchar c = '\"'; // y",
                CodeComments.plain("/** A sum $x + y$. */\nchar c = '\"'; // $y$"));
    }
}
