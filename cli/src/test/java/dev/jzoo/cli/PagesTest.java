package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the pages tell people to type works: commands in blocks marked {@code sh} are run, those of the README, which need data
 * and time, are understood, and Java is compiled.
 *
 * <p>A line is {@code ./jzoo WORD...}, perhaps with variables before it and {@code # exits with N} behind it. A block {@code text}
 * that follows is what the last command prints, where "..." stands for anything.
 */
class PagesTest {

    private static final Path ROOT = Path.of("..");

    /** A fenced block: its language, and what is in it. */
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

    private static final Pattern COMMAND = Pattern.compile(
            "(?<variables>(?:[A-Z_]+=\\S+ )*)\\./jzoo (?<words>.*?)(?:\\s+# exits with (?<exit>\\d+))?");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;$\\n?");

    @TempDir
    Path folder;

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyPageDoesWhatItSays() throws IOException {
        return pages().stream()
                .map(page -> DynamicTest.dynamicTest(page.getFileName().toString(), () -> run(page)));
    }

    private void run(Path page) throws IOException {
        Path here = folder.resolve(page.getFileName());
        StandIns.inputs(here);
        Shell shell = Shell.in(here);
        String printed = "";
        Matcher blocks = BLOCK.matcher(Files.readString(page));
        while (blocks.find()) {
            if (blocks.group(1).equals("text")) {
                assertPrinted(blocks.group(2), printed);
            } else if (blocks.group(1).equals("sh")) {
                for (String line : blocks.group(2).lines().toList()) {
                    printed = type(shell, line);
                }
            }
        }
    }

    private static String type(Shell shell, String line) {
        Matcher command = COMMAND.matcher(line);
        assertTrue(command.matches(), "A page has a command that no test can run: " + line);
        for (String variable : command.group("variables").split(" ")) {
            if (!variable.isEmpty()) {
                String value = variable.split("=")[1];
                Path inside = shell.folder().resolve(value); // JZoo itself takes it from the process's folder
                shell = shell.with(variable.split("=")[0], Files.exists(inside) ? inside : value);
            }
        }
        Shell.Result result = shell.type(command.group("words").split(" "));
        String expected = command.group("exit") == null ? "0" : command.group("exit");
        assertEquals(expected, Integer.toString(result.exitCode()), line + "\n" + result.err());
        return result.out();
    }

    private static void assertPrinted(String expected, String printed) {
        String pattern = Arrays.stream(expected.split("\\.\\.\\.", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        if (!Pattern.compile(pattern).matcher(printed).matches()) {
            assertEquals(expected, printed);
        }
    }

    @Test
    void everyCommandOfTheReadmeIsUnderstood() throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("README.md")).stream()
                .map(line -> line.replaceFirst("^ {4}(\\$ )?", "    "))
                .filter(line -> line.startsWith("    ./jzoo ") && !line.contains("$("))
                .toList();
        assertTrue(lines.size() > 15, lines.toString());
        for (String line : lines) {
            String words = line.strip().replaceFirst("^\\./jzoo ", "").replaceFirst("\\s+#.*", "");
            Shell.parser(folder).parseArgs(words.split(" "));
        }
    }

    /** The README's forecasts and the like: what needs neither data nor training. */
    @Test
    void theReadmesPredictionIsWhatIsPrinted() throws IOException {
        StandIns.inputs(folder);
        String readme = Files.readString(ROOT.resolve("README.md"));
        Matcher shown = Pattern.compile("(?m)^ {4}\\$ \\./jzoo (run mnist-logistic .*)\\n((?: {4}.*\\n)+)")
                .matcher(readme);
        assertTrue(shown.find());
        Shell.Result result = Shell.in(folder).type(shown.group(1).split(" "));
        assertEquals(shown.group(2).replaceAll("(?m)^ {4}", ""), result.out());
    }

    @TestFactory
    Stream<DynamicTest> everyPieceOfJavaCompiles() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            Matcher blocks = BLOCK.matcher(Files.readString(page));
            while (blocks.find()) {
                if (blocks.group(1).equals("java")) {
                    String java = blocks.group(2);
                    tests.add(DynamicTest.dynamicTest(
                            page.getFileName() + " " + (tests.size() + 1), () -> compile(java)));
                }
            }
        }
        assertFalse(tests.isEmpty());
        return tests.stream();
    }

    private void compile(String piece) {
        String imports =
                IMPORT.matcher(piece).results().map(found -> found.group()).collect(Collectors.joining());
        String source = imports + "class Piece { void run() throws Exception {\n"
                + IMPORT.matcher(piece).replaceAll("") + "} }";
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///Piece.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        List<String> options = List.of("-d", folder.toString(), "-proc:none");
        if (!compiler.getTask(complaints, null, null, options, null, List.of(file))
                .call()) {
            fail(complaints + "\n" + source);
        }
    }
}
