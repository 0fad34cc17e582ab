package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainEnglishTest {

    private static final Path ROOT = Path.of("..");

    @TempDir
    Path folder;

    @Test
    void documentsAndMainSourcesAvoidTheListedHabits() throws IOException {
        List<PlainEnglish.Finding> findings = new PlainEnglish(ROOT).findings(Path.of(""));
        assertEquals("", findings.stream().map(PlainEnglish.Finding::toString).collect(Collectors.joining("\n")));
    }

    /** A line that is no longer needed must go, so that the list only shrinks. */
    @Test
    void everyPublishedTextOfTheListIsStillInARecipe() throws IOException {
        StringBuilder recipes = new StringBuilder();
        try (Stream<Path> files = Files.walk(ROOT.resolve("training/recipes/src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                recipes.append(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", ""));
            }
        }
        List<String> published = Files.readAllLines(ROOT.resolve("cli/src/test/resources/plain-english.tsv")).stream()
                .filter(line -> line.startsWith("published\t"))
                .map(line -> line.substring("published\t".length()))
                .toList();
        assertFalse(published.isEmpty());
        assertEquals(
                List.of(),
                published.stream().filter(text -> recipes.indexOf(text) < 0).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/** What a model needs. */ class A {}",
                "/** Whether it is open. */ boolean open;",
                "class A { /** The number of classes. */ int classes() { return 1; } }",
                "class A { /** The name. */ public static <T extends Comparable<T>> Map<String, T> named(String name) {} }",
                "class A { /** Reads a file. @param x a */ void b() {} String c = \"Check the path for a slip.\"; }",
                "class A { String c = \"The softmax \" + \"stands\" + \" behind the network.\"; }",
                "// A file that is no\n// model.\nclass A {}",
                "/** A thing.\n *\n * @param x a value that lies in memory */ class A {}",
                "/** A thing.\n *\n * <p>Of these, one is taken. */ class A {}",
            })
    void aHabitInAJavaFileIsFound(String source) throws IOException {
        assertFalse(findings("A.java", source).isEmpty(), () -> "not found: " + source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The file lies in a folder.",
                "- one\n- what is\n  not said",
                "| a | b |\n|---|---|\n| x | it is no model |",
                "one two three four five six seven eight nine ten one two three four five six seven eight nine ten one two three "
                        + "four five six seven eight nine ten one two three four five six.",
            })
    void aHabitInADocumentIsFound(String text) throws IOException {
        assertFalse(findings("page.md", text + "\n").isEmpty(), () -> "not found: " + text);
    }

    @Test
    void codeNamesAndPlainSentencesPass() throws IOException {
        String source = """
                /** A classifier for pictures. There is no limit. See {@code what lies in behind}. */
                record A(char quote) {
                    /** Returns the number of classes. */
                    int classes() { return '"' + lies(in); }
                    /** The pixels. */
                    private final int[] pixels = read(1);
                    /** A model of {@code T}. */
                    A(int x) {}
                }
                """;
        assertEquals(List.of(), findings("A.java", source));
        String page =
                "# Page\n\nUse `what lies in`.\n\n    behind the code\n\n```\nbehind\n```\n\nThe server is behind a proxy.\n";
        assertEquals(List.of(), findings("page.md", page));
    }

    @Test
    void aFindingNamesTheLineAndTheAdvice() throws IOException {
        PlainEnglish.Finding finding = findings("page.md", "# Page\n\nFirst.\nThe file lies in a folder.\n")
                .get(0);
        assertEquals(3, finding.line());
        assertTrue(finding.toString().contains("lies in"), finding.toString());
        assertEquals("\"is in\"", finding.advice());
    }

    private List<PlainEnglish.Finding> findings(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve("cli/src/test/resources"));
        Files.copy(
                ROOT.resolve("cli/src/test/resources/plain-english.tsv"),
                folder.resolve("cli/src/test/resources/plain-english.tsv"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve(name), text);
        return new PlainEnglish(folder).findings(Path.of(""));
    }
}
