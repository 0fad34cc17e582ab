package dev.jzoo.labs.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JupyterNotebookTest {

    private static final String CODE =
            "String s = \"a \\\"quote\\\" \\n\";\n\nif (1 < 2 && true) {\n    // Umlaut ä, sum ∑, emoji 🙂\n}";

    private final JupyterNotebook notebook = new JupyterNotebook(
            List.of(NotebookCell.markdown("# Title\n\nA formula: $\\alpha < \\beta$."), NotebookCell.code(CODE)));

    @TempDir
    Path folder;

    /** The rules are those of the JSON schema of nbformat 4.5; the acceptance asks nbformat itself. */
    @Test
    void theFileHasTheFieldsThatNbformatRequires() throws IOException {
        JsonNode tree = new ObjectMapper().readTree(notebook.json());
        assertEquals(4, tree.path("nbformat").intValue());
        assertEquals(5, tree.path("nbformat_minor").intValue());
        assertEquals("java", tree.at("/metadata/language_info/name").textValue());
        assertFalse(tree.at("/metadata/kernelspec/name").textValue().isEmpty());
        assertFalse(tree.at("/metadata/kernelspec/display_name").textValue().isEmpty());
        Set<String> ids = new HashSet<>();
        for (JsonNode cell : tree.path("cells")) {
            assertTrue(cell.path("id").textValue().matches("[a-zA-Z0-9_-]{1,64}"), cell.toString());
            assertTrue(ids.add(cell.path("id").textValue()), cell.toString());
            assertTrue(cell.path("metadata").isObject(), cell.toString());
            boolean code = cell.path("cell_type").textValue().equals("code");
            assertEquals(code, cell.path("outputs").isArray(), cell.toString());
            assertEquals(
                    code,
                    cell.has("execution_count") && cell.path("execution_count").isNull(),
                    cell.toString());
        }
        assertEquals(2, ids.size());
    }

    @Test
    void theLinesOfACellJoinedWithoutSeparatorsAreItsSource() throws IOException {
        JsonNode source = new ObjectMapper().readTree(notebook.json()).at("/cells/1/source");
        StringBuilder joined = new StringBuilder();
        for (JsonNode line : source) {
            assertTrue(line.textValue().indexOf('\n') < 0
                    || line.textValue().indexOf('\n') == line.textValue().length() - 1);
            joined.append(line.textValue());
        }
        assertEquals(5, source.size());
        assertEquals(CODE, joined.toString());
    }

    @Test
    void equalCellsGiveEqualBytesWithLineFeedsOnly() throws IOException {
        Path file = folder.resolve("new/lab.ipynb");
        notebook.writeTo(file);
        new JupyterNotebook(notebook.cells()).writeTo(file);
        assertEquals(notebook.json(), Files.readString(file));
        assertFalse(notebook.json().contains("\r"));
        assertTrue(notebook.json().endsWith("}\n"));
    }

    @Test
    void blankLinesAtTheEndsOfACellAreRemovedAndABlankCellIsRejected() {
        assertEquals("  a\n\nb", NotebookCell.code("\n  \n  a\n\nb\n\n").source());
        assertThrows(IllegalArgumentException.class, () -> NotebookCell.markdown(" \n"));
    }
}
