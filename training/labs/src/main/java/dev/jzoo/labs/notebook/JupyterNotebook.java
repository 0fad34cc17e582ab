package dev.jzoo.labs.notebook;

import dev.jzoo.zoo.file.AtomicFile;
import dev.jzoo.zoo.file.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Jupyter notebook in Java that has not been run. Its file has the format nbformat 4.5 (Project Jupyter, "The Notebook file
 * format"). Equal cells give equal bytes.
 *
 * @param cells cells in reading order
 */
public record JupyterNotebook(List<NotebookCell> cells) {

    /** The kernel as its installer names it, so that Jupyter selects it without asking. */
    private static final Map<String, String> KERNEL =
            Map.of("name", "rapaio-jupyter-kernel", "display_name", "Java (rapaio-jupyter-kernel)", "language", "java");

    private static final Map<String, String> LANGUAGE = Map.of(
            "name", "java",
            "file_extension", ".jshell",
            "mimetype", "text/x-java-source",
            "codemirror_mode", "java",
            "pygments_lexer", "java");

    /** Copies the cells. */
    public JupyterNotebook {
        cells = List.copyOf(cells);
    }

    /** Returns the content of the file. */
    public String json() {
        List<Map<String, Object>> list = new ArrayList<>();
        for (NotebookCell cell : cells) {
            list.add(tree(cell, "cell-" + (list.size() + 1)));
        }
        return Json.pretty(Map.of(
                "nbformat",
                4,
                "nbformat_minor",
                5,
                "metadata",
                Map.of("kernelspec", KERNEL, "language_info", LANGUAGE),
                "cells",
                list));
    }

    /** Writes the file. An existing file is replaced. */
    public void writeTo(Path file) throws IOException {
        AtomicFile.write(file, json());
    }

    private static Map<String, Object> tree(NotebookCell cell, String id) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", id);
        tree.put("cell_type", cell.kind().jupyter());
        tree.put("metadata", Map.of());
        tree.put("source", lines(cell.source()));
        if (cell.kind() == NotebookCell.JupyterCellKind.CODE) {
            tree.put("execution_count", null);
            tree.put("outputs", List.of());
        }
        return tree;
    }

    /** Splits text after each line break, as Jupyter writes it. Joined without separators, the lines are the text. */
    private static List<String> lines(String text) {
        return List.of(text.split("(?<=\n)"));
    }
}
