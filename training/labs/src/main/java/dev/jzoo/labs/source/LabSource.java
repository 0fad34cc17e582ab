package dev.jzoo.labs.source;

import dev.jzoo.labs.Lab;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The source file of a lab. It relies on the project's formatting: members are indented by four spaces, and a paragraph begins with
 * {@code page.text("""} and ends with {@code """);}.
 */
public final class LabSource {

    private static final String MEMBER = "    ";
    private static final String STATEMENT = "        ";
    private static final String PARAGRAPH = STATEMENT + "page.text(\"\"\"";
    private static final String PARAGRAPH_END = "\"\"\");";

    private final List<String> lines;
    private final List<String> imports;
    private final List<LabCell> cells;

    private LabSource(List<String> lines) {
        this.lines = lines;
        this.imports = lines.stream().filter(line -> line.startsWith("import ")).toList();
        this.cells = cells(lines);
    }

    /**
     * Reads the source of a lab from its jar; empty if the jar does not contain it.
     *
     * @throws IllegalArgumentException if the source has another form
     */
    public static Optional<LabSource> of(Class<? extends Lab> lab) {
        try (InputStream in = lab.getResourceAsStream(lab.getSimpleName() + ".java")) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("The source of " + lab.getName() + " cannot be read.", e);
        }
    }

    /** Reads source text. Fails with IllegalArgumentException if it has no method {@code run(LabPage page)}. */
    public static LabSource parse(String source) {
        return new LabSource(source.lines().toList());
    }

    /** Returns the import declarations. */
    public List<String> imports() {
        return imports;
    }

    /** Returns the pieces in reading order: the definitions above {@code run}, then paragraphs and code of {@code run}. */
    public List<LabCell> cells() {
        return cells;
    }

    /** Returns the number of lines of the file. */
    public int lineCount() {
        return lines.size();
    }

    private static List<LabCell> cells(List<String> lines) {
        int run = indexOf(lines, 0, MEMBER + "public void run(LabPage page)");
        int end = indexOf(lines, run, MEMBER + "}");
        List<LabCell> cells = new ArrayList<>(statements(lines, run + 1, end));
        List<LabCell> definitions = definitions(lines, run);
        // The first paragraph introduces the lab, so it stands above the definitions.
        int introduction = !cells.isEmpty() && cells.get(0).kind() == LabCell.CellKind.TEXT ? 1 : 0;
        cells.addAll(introduction, definitions);
        return List.copyOf(cells);
    }

    private static int indexOf(List<String> lines, int from, String start) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new IllegalArgumentException("The source of a lab needs a line that starts with '" + start + "'.");
    }

    /** Members between the class declaration and {@code run}, except {@code info}. */
    private static List<LabCell> definitions(List<String> lines, int run) {
        List<LabCell> definitions = new ArrayList<>();
        int first = indexOf(lines, 0, "public final class ") + 1;
        while (first < run) {
            if (lines.get(first).isBlank()) {
                first++;
                continue;
            }
            int last = endOfMember(lines, first, run);
            List<String> member = lines.subList(first, last + 1);
            boolean own = member.stream()
                    .noneMatch(line ->
                            line.startsWith(MEMBER + "public LabInfo info()") || line.startsWith(MEMBER + "@Override"));
            if (own) {
                definitions.add(cell(LabCell.CellKind.DEFINITION, lines, first, last, MEMBER));
            }
            first = last + 1;
        }
        return definitions;
    }

    /** Returns the last line of a member. Blank lines within a body belong to it. */
    private static int endOfMember(List<String> lines, int first, int run) {
        for (int i = first; i < run; i++) {
            String line = lines.get(i);
            boolean closes = line.startsWith(MEMBER)
                    && !line.startsWith(MEMBER + " ")
                    && (line.endsWith(";") || line.endsWith("}"));
            if (closes
                    || line.startsWith(MEMBER + " ")
                            && line.endsWith(";")
                            && isBlank(lines, i + 1)
                            && isField(lines, first)) {
                return i;
            }
        }
        return run - 1;
    }

    /** Returns whether a member that began at a line is a field whose initialiser takes several lines. */
    private static boolean isField(List<String> lines, int first) {
        int at = first;
        while (lines.get(at).startsWith(MEMBER + "/*") || lines.get(at).startsWith(MEMBER + " *")) {
            at++;
        }
        return lines.get(at).contains("=");
    }

    private static boolean isBlank(List<String> lines, int at) {
        return at >= lines.size() || lines.get(at).isBlank();
    }

    private static List<LabCell> statements(List<String> lines, int from, int end) {
        List<LabCell> cells = new ArrayList<>();
        int first = from;
        while (first < end) {
            if (lines.get(first).startsWith(PARAGRAPH)) {
                int last = first;
                while (!lines.get(last).endsWith(PARAGRAPH_END)) {
                    last++;
                }
                cells.add(paragraph(lines, first, last));
                first = last + 1;
            } else {
                int last = first;
                while (last + 1 < end && !lines.get(last + 1).startsWith(PARAGRAPH)) {
                    last++;
                }
                addCode(cells, lines, first, last);
                first = last + 1;
            }
        }
        return cells;
    }

    private static void addCode(List<LabCell> cells, List<String> lines, int from, int to) {
        int first = from;
        int last = to;
        while (first <= last && lines.get(first).isBlank()) {
            first++;
        }
        while (last >= first && lines.get(last).isBlank()) {
            last--;
        }
        if (first <= last) {
            cells.add(cell(LabCell.CellKind.CODE, lines, first, last, STATEMENT));
        }
    }

    private static LabCell cell(LabCell.CellKind kind, List<String> lines, int first, int last, String indentation) {
        StringBuilder code = new StringBuilder();
        for (String line : lines.subList(first, last + 1)) {
            code.append(line.startsWith(indentation) ? line.substring(indentation.length()) : line.strip())
                    .append('\n');
        }
        return new LabCell(kind, code.toString(), first + 1, last + 1);
    }

    private static LabCell paragraph(List<String> lines, int first, int last) {
        StringBuilder block = new StringBuilder();
        for (String line : lines.subList(first + 1, last + 1)) {
            block.append(line).append('\n');
        }
        String content = block.substring(0, block.length() - PARAGRAPH_END.length() - 1);
        return new LabCell(
                LabCell.CellKind.TEXT, content.stripIndent().translateEscapes().strip() + "\n", first + 1, last + 1);
    }
}
