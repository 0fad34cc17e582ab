package dev.jzoo.labs.notebook;

/**
 * A cell of a notebook.
 *
 * @param kind kind of the cell
 * @param source Markdown or code, in lines that end in LF
 */
public record NotebookCell(JupyterCellKind kind, String source) {

    /** The kind of a cell. */
    public enum JupyterCellKind {
        MARKDOWN("markdown"),
        CODE("code");

        private final String jupyter;

        JupyterCellKind(String jupyter) {
            this.jupyter = jupyter;
        }

        /** Returns the name in a notebook's file. */
        String jupyter() {
            return jupyter;
        }
    }

    /** Removes blank lines at both ends. Rejects a cell without content. */
    public NotebookCell {
        source = source.replaceFirst("^(\\s*\n)+", "").stripTrailing();
        if (source.isEmpty()) {
            throw new IllegalArgumentException("A cell of a notebook must not be blank.");
        }
    }

    /** Returns a cell of Markdown with formulas in TeX. */
    public static NotebookCell markdown(String source) {
        return new NotebookCell(JupyterCellKind.MARKDOWN, source);
    }

    /** Returns a cell of Java, or of a kernel's commands. */
    public static NotebookCell code(String source) {
        return new NotebookCell(JupyterCellKind.CODE, source);
    }
}
