package dev.jzoo.labs.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabSize;
import dev.jzoo.labs.Labs;
import dev.jzoo.labs.source.LabCell;
import dev.jzoo.labs.source.LabSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabNotebookTest {

    private static final NotebookClassPath NO_COMMANDS = new NotebookClassPath(List.of(";"));

    @TempDir
    Path classes;

    private static JupyterNotebook notebook(Lab lab) {
        return LabNotebook.of(lab, LabSize.SMALLEST, 1, NO_COMMANDS);
    }

    /** The acceptance executes all notebooks with the kernel. JShell, which the kernel uses, finds most faults sooner. */
    @ParameterizedTest
    @ValueSource(strings = {"gradient-descent", "xor-mlp", "micrograd"})
    void theCellsRunInJshellAndShowOutputsButNoOtherValues(String id) {
        JshellRun run = JshellRun.of(notebook(Labs.find(id)));
        assertEquals(List.of(), run.faults());
        assertEquals(List.of(), run.values());
        assertTrue(run.shown().size() > 3, run.shown().toString());
        assertTrue(
                run.shown().get(run.shown().size() - 1).contains("claims hold"),
                run.shown().toString());
    }

    @Test
    void theLastCellNamesAClaimThatFails() {
        List<NotebookCell> cells =
                new ArrayList<>(notebook(Labs.find("micrograd")).cells());
        cells.add(cells.size() - 2, NotebookCell.code("page.claim(\"One is two.\").equal(1, 2);"));
        JshellRun run = JshellRun.of(new JupyterNotebook(cells));
        assertEquals(1, run.faults().size(), run.faults().toString());
        assertTrue(
                run.faults().get(0).contains("One is two. Measured 1, expected 2."),
                run.faults().toString());
    }

    @Test
    void theLastCellFailsBeforeTheOthersHaveRun() {
        List<NotebookCell> cells = notebook(Labs.find("micrograd")).cells();
        JshellRun run = JshellRun.of(new JupyterNotebook(List.of(cells.get(2), cells.get(cells.size() - 1))));
        assertEquals(1, run.faults().size(), run.faults().toString());
        assertTrue(
                run.faults().get(0).contains("No cell has made a claim"),
                run.faults().toString());
    }

    /** A cell is in no package and has no lab around it, so it can use neither package-private types nor {@code this}. */
    @Test
    void theCodeOfEachLabCompilesOutsideItsClassAndPackage() {
        List<JavaFileObject> sources = new ArrayList<>();
        for (Lab lab : Labs.all()) {
            sources.add(standalone(lab, "Notebook" + sources.size()));
        }
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of(
                "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none", "-Xlint:none");
        compiler.getTask(null, null, found, options, null, sources).call();
        assertEquals(
                List.of(),
                found.getDiagnostics().stream()
                        .filter(message -> message.getKind() == Diagnostic.Kind.ERROR)
                        .map(message -> message.getSource().getName() + ", line " + message.getLineNumber() + ": "
                                + message.getMessage(null))
                        .toList());
        assertFalse(sources.isEmpty());
    }

    private static JavaFileObject standalone(Lab lab, String name) {
        StringBuilder code = new StringBuilder();
        for (String line : notebook(lab).cells().get(2).source().split("\n")) {
            code.append(line.startsWith("import ") && !line.contains("org.rapaio") ? line + "\n" : "");
        }
        List<LabCell> cells = LabSource.of(lab.getClass()).orElseThrow().cells();
        code.append("class ").append(name).append(" {\n");
        code.append(code(cells, LabCell.CellKind.DEFINITION));
        code.append("static void cells(LabPage page) throws Exception {\n");
        code.append(code(cells, LabCell.CellKind.CODE)).append("}\n}\n");
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }

            @Override
            public String getName() {
                return lab.info().id();
            }
        };
    }

    private static String code(List<LabCell> cells, LabCell.CellKind kind) {
        return cells.stream()
                .filter(cell -> cell.kind() == kind)
                .map(LabCell::content)
                .collect(Collectors.joining("\n"));
    }
}
