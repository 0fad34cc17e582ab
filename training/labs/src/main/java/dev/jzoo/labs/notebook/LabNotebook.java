package dev.jzoo.labs.notebook;

import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.labs.source.LabCell;
import dev.jzoo.labs.source.LabSource;
import dev.jzoo.labs.text.Markdown;
import dev.jzoo.zoo.error.JZooException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The notebook of a lab: its paragraphs, its definitions and the code of its method {@code run}, cell by cell, so that a student
 * can change a line and run it again. Each figure, table and claim appears under its cell. The last cell fails if a claim of the
 * lab does not hold.
 */
public final class LabNotebook {

    /** Types that only the class around the cells needs. */
    private static final List<String> OF_THE_CLASS = List.of("Chapter", "Lab", "LabInfo");

    private LabNotebook() {}

    /**
     * Returns the notebook of a lab. It has not been run.
     *
     * @param size size of the experiment
     * @param seed seed of everything random; 1 gives the published pages
     * @param classPath commands that put JZoo on the class path of the notebook
     * @throws JZooException with code NOT_FOUND if the jar of the lab does not contain its source
     */
    public static JupyterNotebook of(Lab lab, LabSize size, long seed, NotebookClassPath classPath) {
        LabInfo info = lab.info();
        LabSource source = LabSource.of(lab.getClass())
                .orElseThrow(() -> new JZooException(
                        JZooException.Code.NOT_FOUND,
                        "The notebook of lab '" + info.id() + "' was not written: its source "
                                + lab.getClass().getSimpleName() + ".java is not on the class path.",
                        "Add it to the resources of its module."));
        List<NotebookCell> cells = new ArrayList<>();
        cells.add(NotebookCell.markdown("# " + info.title() + "\n\n" + info.question() + "\n\n"
                + "The next two cells put JZoo on the class path and open the page that figures, tables and claims go to. Run all\n"
                + "cells from the top, then change a line and run them again.\n"));
        cells.add(NotebookCell.code(classPath.source()));
        cells.add(NotebookCell.code(opening(lab, source, size, seed)));
        addCells(cells, source.cells());
        cells.add(NotebookCell.markdown("**All claims.** This cell fails if a claim of the lab does not hold.\n"));
        cells.add(NotebookCell.code("NotebookPage.check(page);\n"));
        return new JupyterNotebook(cells);
    }

    /** Puts the definitions after the paragraph above them, in an order that JShell accepts. */
    private static void addCells(List<NotebookCell> cells, List<LabCell> pieces) {
        List<String> definitions = new ArrayList<>();
        for (LabCell piece : pieces) {
            if (piece.kind() == LabCell.CellKind.DEFINITION) {
                definitions.add(piece.content());
            }
        }
        boolean defined = false;
        for (LabCell piece : pieces) {
            if (piece.kind() == LabCell.CellKind.TEXT) {
                cells.add(NotebookCell.markdown(Markdown.of(piece.content()).notebook()));
            } else if (piece.kind() == LabCell.CellKind.CODE) {
                cells.add(NotebookCell.code(JshellCode.statements(CodeComments.plain(piece.content()))));
            } else if (!defined) {
                defined = true;
                for (String definition : JshellCode.definitions(definitions)) {
                    cells.add(NotebookCell.code(CodeComments.plain(definition)));
                }
            }
        }
    }

    private static String opening(Lab lab, LabSource source, LabSize size, long seed) {
        TreeSet<String> imports = new TreeSet<>(ofThePackage(lab, source));
        for (String line : source.imports()) {
            if (OF_THE_CLASS.stream().noneMatch(type -> line.equals("import dev.jzoo.labs." + type + ";"))) {
                imports.add(line);
            }
        }
        for (Class<?> type : List.of(LabPage.class, LabSize.class, NotebookPage.class)) {
            imports.add("import " + type.getName() + ";");
        }
        imports.add("import static org.rapaio.jupyter.kernel.global.Global.display;");
        return String.join("\n", imports) + "\n\nLabPage page = NotebookPage.open(LabSize." + size + ", " + seed
                + ", html -> display(\"html\", html));\n";
    }

    /** Returns imports of the types of the lab's own package, since a notebook is in no package. */
    private static List<String> ofThePackage(Lab lab, LabSource source) {
        String home = lab.getClass().getPackageName();
        TreeSet<String> words = new TreeSet<>();
        for (LabCell cell : source.cells()) {
            if (cell.kind() != LabCell.CellKind.TEXT) {
                words.addAll(List.of(cell.content().split("\\W+")));
            }
        }
        return words.stream()
                .filter(word -> word.matches("[A-Z]\\w*[a-z]\\w*"))
                .filter(word ->
                        lab.getClass().getResource("/" + home.replace('.', '/') + "/" + word + ".class") != null)
                .map(word -> "import " + home + "." + word + ";")
                .toList();
    }
}
