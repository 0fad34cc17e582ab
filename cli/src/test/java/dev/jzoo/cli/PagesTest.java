package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands and the Java of the pages: commands in blocks marked {@code sh} are run; indented ones, which need data and time, are
 * parsed; Java is compiled.
 *
 * <p>A line is {@code ./jzoo WORD...}, perhaps with variables before it and {@code # exits with N} after it. The next block {@code text}
 * is compared with the output of the last command; "..." stands for anything.
 */
class PagesTest {

    private static final Path ROOT = Path.of("..");

    private static final Pattern COMMAND = Pattern.compile(
            "(?<variables>(?:[A-Z_]+=\\S+ )*)\\./jzoo (?<words>.*?)(?:\\s+# exits with (?<exit>\\d+))?");

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
        for (PageBlock block : PageBlock.in(Files.readString(page))) {
            if (block.language().equals("text")) {
                PageBlock.assertPrinted(block.text(), printed);
            } else if (block.language().equals("sh")) {
                for (String line : block.text().lines().toList()) {
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

    @Test
    void everyIndentedCommandIsUnderstood() throws IOException {
        List<Path> files = new ArrayList<>(pages());
        files.add(ROOT.resolve("README.md"));
        int count = 0;
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                String command = line.replaceFirst("^ {4}(\\$ )?", "    ");
                if (command.startsWith("    ./jzoo ") && !command.contains("$(")) {
                    String words =
                            command.strip().replaceFirst("^\\./jzoo ", "").replaceFirst("\\s+#.*", "");
                    Shell.parser(folder).parseArgs(words.split(" "));
                    count++;
                }
            }
        }
        assertTrue(count > 30, count + " commands");
    }

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
            for (PageBlock block : PageBlock.in(Files.readString(page))) {
                if (block.language().equals("java")) {
                    JavaPiece piece = new JavaPiece("Piece", block.text());
                    tests.add(DynamicTest.dynamicTest(
                            page.getFileName() + " " + (tests.size() + 1),
                            () -> JavaPiece.compile(List.of(piece), folder)));
                }
            }
        }
        assertFalse(tests.isEmpty());
        return tests.stream();
    }
}
