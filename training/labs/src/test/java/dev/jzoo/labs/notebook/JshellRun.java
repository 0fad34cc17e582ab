package dev.jzoo.labs.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * A notebook that JShell has run cell by cell in this process, up to the first fault, as the kernel does.
 *
 * @param shown HTML that the cells displayed
 * @param values values of the last snippets of the cells, which the kernel shows
 * @param faults errors of the compiler and exceptions
 */
public record JshellRun(List<String> shown, List<String> values, List<String> faults) {

    /** Stands for the kernel's method of that name. Cells call it through the class path. */
    public static final class KernelDisplay {
        static final List<String> SHOWN = new ArrayList<>();

        private KernelDisplay() {}

        public static String display(String mime, String html) {
            SHOWN.add(html);
            return mime;
        }
    }

    static JshellRun of(JupyterNotebook notebook) {
        KernelDisplay.SHOWN.clear();
        List<String> values = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            shell.addToClasspath(System.getProperty("java.class.path"));
            shell.eval("import java.util.*;");
            for (NotebookCell cell : notebook.cells()) {
                if (cell.kind() == NotebookCell.JupyterCellKind.CODE && faults.isEmpty()) {
                    run(
                            shell,
                            cell.source()
                                    .replace(
                                            "org.rapaio.jupyter.kernel.global.Global",
                                            KernelDisplay.class.getCanonicalName()),
                            values,
                            faults);
                }
            }
        }
        return new JshellRun(List.copyOf(KernelDisplay.SHOWN), values, faults);
    }

    private static void run(JShell shell, String cell, List<String> values, List<String> faults) {
        String rest = cell;
        String value = "";
        while (!rest.isBlank() && faults.isEmpty()) {
            CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            if (!next.completeness().isComplete()) {
                faults.add("incomplete: " + rest);
                return;
            }
            value = "";
            for (SnippetEvent event : shell.eval(next.source())) {
                check(shell, event, faults);
                boolean prints = event.snippet().kind() == Snippet.Kind.EXPRESSION
                        || event.snippet().subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
                value = prints && event.value() != null ? event.value() : value;
            }
            rest = next.remaining();
        }
        if (!value.isEmpty()) {
            values.add(value);
        }
    }

    private static void check(JShell shell, SnippetEvent event, List<String> faults) {
        if (event.exception() != null) {
            faults.add(String.valueOf(event.exception().getMessage()));
        }
        if (event.status() == Snippet.Status.REJECTED || event.status() == Snippet.Status.RECOVERABLE_NOT_DEFINED) {
            String missing = event.snippet() instanceof DeclarationSnippet declared
                    ? " unknown: " + shell.unresolvedDependencies(declared).toList()
                    : "";
            faults.add(event.snippet().source() + ": "
                    + shell.diagnostics(event.snippet())
                            .map(fault -> fault.getMessage(Locale.ROOT))
                            .toList()
                    + missing);
        }
    }
}
