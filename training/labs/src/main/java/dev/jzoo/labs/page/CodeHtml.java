package dev.jzoo.labs.page;

import dev.jzoo.labs.source.LabCell;
import java.util.ArrayList;
import java.util.List;

/**
 * Cells of code as HTML. Statements that only show results ({@code page.figure(...)}, {@code page.claim(...)}) are folded, since
 * the results stand below the code.
 */
final class CodeHtml {

    private CodeHtml() {}

    /** Returns definitions that follow each other as one block. */
    static String definitions(List<LabCell> cells) {
        return block(
                "definition",
                String.join("\n", cells.stream().map(LabCell::content).toList()));
    }

    /** Returns the statements of a cell. */
    static String statements(LabCell cell) {
        List<String> computing = new ArrayList<>();
        List<String> showing = new ArrayList<>();
        List<String> target = computing;
        for (String line : cell.content().lines().toList()) {
            boolean begins = !line.isBlank() && !line.startsWith(" ") && !line.startsWith("}") && !line.startsWith(")");
            if (begins) {
                target = line.startsWith("page.") ? showing : computing;
            }
            target.add(line);
        }
        return block("code", String.join("\n", computing))
                + (showing.isEmpty()
                        ? ""
                        : "<details><summary>code of the results</summary>\n"
                                + block("code", String.join("\n", showing)) + "</details>\n");
    }

    private static String block(String kind, String code) {
        return code.isBlank()
                ? ""
                : "<pre class=\"" + kind + "\"><code>" + JavaCode.html(code.strip()) + "</code></pre>\n";
    }
}
