package dev.jzoo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Tests that the scripts name existing things, and that the Python scripts compile. They need PyTorch, so they are not run
 * here.
 */
class ScriptsTest {

    private static final Path BENCHMARKS = Path.of("benchmarks");

    @Test
    void everyProgramThatAScriptStartsExists() throws IOException {
        Set<String> started =
                found("dev\\.jzoo\\.benchmarks\\.\\w+", "run.sh", "fuzz.sh", "python/compare.py", "python/scratch.py");
        assertTrue(started.size() > 6, started.toString());
        for (String program : started) {
            assertDoesNotThrow(() -> Class.forName(program).getMethod("main", String[].class));
        }
    }

    @Test
    void readmeShowsEveryBenchmarkOfTheScript() throws IOException {
        Set<String> known = found("(?m)(?<=^  )[a-z]+(?=\\))", "run.sh");
        assertEquals(known, found("(?<=    sh benchmarks/run\\.sh )[a-z]+", "README.md"));
        assertTrue(known.size() > 4, known.toString());
    }

    @Test
    void everyScriptOfTheReadmeExists() throws IOException {
        for (String script : found("benchmarks/[\\w/]+\\.(sh|py)", "README.md")) {
            assertTrue(Files.isRegularFile(Path.of(script)), script);
        }
    }

    @Test
    void pythonScriptsAreParsed() throws Exception {
        List<String> command = python("-c", "import ast, sys\nfor f in sys.argv[1:]: ast.parse(open(f).read(), f)");
        try (Stream<Path> scripts = Files.list(BENCHMARKS.resolve("python"))) {
            List<String> files = scripts.map(Path::toString)
                    .filter(name -> name.endsWith(".py"))
                    .toList();
            assertTrue(files.size() > 2, files.toString());
            command.addAll(files);
        }
        assertEquals("", output(command));
    }

    @Test
    void pythonScriptsThatNeedNoPyTorchTellTheirOptions() throws Exception {
        assertTrue(output(python("benchmarks/python/compare.py", "--help")).contains("--onednn"));
        assertTrue(output(python("benchmarks/python/kept.py", "--help")).contains("--rounds"));
        assertTrue(output(python("benchmarks/python/scratch.py", "--help")).contains("--data"));
    }

    private static Set<String> found(String pattern, String... files) throws IOException {
        Set<String> found = new TreeSet<>();
        for (String file : files) {
            Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(BENCHMARKS.resolve(file)));
            found.addAll(matcher.results().map(each -> each.group()).collect(Collectors.toSet()));
        }
        return found;
    }

    /** Returns a command for Python that writes no compiled files. */
    private static List<String> python(String... arguments) throws InterruptedException {
        Assumptions.assumeTrue(hasPython(), "skipped: there is no python3");
        List<String> command = new ArrayList<>(List.of("python3", "-B"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String output(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
