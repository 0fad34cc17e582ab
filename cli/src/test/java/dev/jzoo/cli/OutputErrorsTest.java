package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.cli.console.Host;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a result that cannot be written is a failure in every command. */
class OutputErrorsTest {

    private static final String PICTURE =
            Path.of("..", "docs", "pictures", "seven.png").toAbsolutePath().toString();

    @TempDir
    Path folder;

    /** Returns a stream that accepts some bytes, then fails with an error of the operating system. */
    private static OutputStream failing(int after, String error) {
        return new OutputStream() {

            private int taken;

            @Override
            public void write(int value) throws IOException {
                if (taken++ >= after) {
                    throw new IOException(error);
                }
            }
        };
    }

    private int type(OutputStream out, StringWriter err, String line) {
        Host host = new Host(
                Host.resultWriter(out),
                new PrintWriter(err),
                Map.of("JZOO_HOME", folder.resolve("home").toString(), "JZOO_OFFLINE", "1"),
                folder,
                Optional.of(Path.of("..").toAbsolutePath().normalize()),
                Set.of(),
                80);
        return new JzooCommand(host).execute(line.replace("PICTURE", PICTURE).split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list",
                "list --json",
                "show mnist-logistic",
                "show mnist-logistic --json",
                "--help",
                "run --help",
                "--version",
                "completion bash",
                "search digits",
                "cache list",
                "dataset list",
                "run mnist-logistic PICTURE --json",
                "pull no-such-model --json"
            })
    void aFullDiskIsAFailureThatIsSaid(String line) {
        StringWriter err = new StringWriter();
        assertEquals(1, type(failing(10, "No space left on device"), err, line));
        assertTrue(
                err.toString().endsWith("Could not write the result to standard output: No space left on device.\n"),
                err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "list --json", "--help"})
    void aClosedPipeEndsTheCommandWithoutAWord(String line) {
        StringWriter err = new StringWriter();
        assertEquals(141, type(failing(0, "Broken pipe"), err, line));
        assertEquals("", err.toString());
    }
}
