package dev.jzoo.labs.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabSourceTest {

    private static final String SOURCE = """
            package x;

            import java.util.List;

            /** A lab. */
            public final class XLab implements Lab {

                /** Numbers. */
                private static final double[] X = {
                    1, 2
                };

                private record Pair(int a, int b) {}

                /** Adds. */
                private static int add(int a, int b) {
                    int c = a;

                    return c + b; // $a + b$
                }

                @Override
                public LabInfo info() {
                    return null;
                }

                @Override
                public void run(LabPage page) {
                    page.text(\"""
                            One $x$,
                            two.
                            \""");
                    int a = 1;

                    page.print("%d", a);

                    page.text(\"""
                            Three.\""");
                    page.claim("Four.").equal(1, 1);
                }
            }
            """;

    private final LabSource source = LabSource.parse(SOURCE);

    @Test
    void definitionsFollowTheFirstParagraph() {
        assertEquals(
                List.of(
                        "TEXT One $x$,\ntwo.\n",
                        "DEFINITION /** Numbers. */\nprivate static final double[] X = {\n    1, 2\n};\n",
                        "DEFINITION private record Pair(int a, int b) {}\n",
                        "DEFINITION /** Adds. */\nprivate static int add(int a, int b) {\n    int c = a;\n\n    return c + b; // $a + b$\n}\n",
                        "CODE int a = 1;\n\npage.print(\"%d\", a);\n",
                        "TEXT Three.\n",
                        "CODE page.claim(\"Four.\").equal(1, 1);\n"),
                source.cells().stream()
                        .map(cell -> cell.kind() + " " + cell.content())
                        .toList());
        assertEquals(List.of("import java.util.List;"), source.imports());
    }

    @Test
    void everyCellKnowsItsLines() {
        List<String> lines = SOURCE.lines().toList();
        for (LabCell cell : source.cells()) {
            String first = lines.get(cell.firstLine() - 1).strip();
            assertEquals(
                    cell.kind() == LabCell.CellKind.TEXT
                            ? "page.text(\"\"\""
                            : cell.content().lines().findFirst().orElseThrow(),
                    first);
        }
    }

    @Test
    void aClassWithoutRunIsRejected() {
        assertThrows(IllegalArgumentException.class, () -> LabSource.parse("public final class XLab {\n}\n"));
    }
}
