package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.cli.console.Host;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that texts of other people, such as labels and names, reach the terminal without control sequences. */
class TerminalTextTest {

    private static final String EVIL = "\u001b]0;owned\u0007 \u001b[2J \r \u009b31m \u202e x \u2066 \u2028 \u007f";

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        shell = Shell.in(folder);
        StandIns.inputs(folder);
    }

    private static void assertPlain(String printed) {
        assertTrue(
                printed.codePoints().allMatch(c -> c == '\n' || c == '\t' || c >= ' ' && c < 0x7F || c > 0x9F),
                printed);
        assertTrue(printed.chars().noneMatch(c -> "\u202e\u2066\u2028".indexOf(c) >= 0), printed);
    }

    private Shell.Result plain(String... words) {
        Shell.Result result = shell.type(words);
        assertPlain(result.out());
        assertPlain(result.err());
        return result;
    }

    @Test
    void labelsOfAForeignClassifierAreEscaped() throws Exception {
        Files.copy(Path.of("src/test/resources/cases/onnx/clf-labels-esc.onnx"), folder.resolve("clf.onnx"));
        Shell.Result text = plain("run", "clf.onnx", "docs/pictures/seven.png", "--top", "10");
        assertEquals(0, text.exitCode(), text.err());
        assertTrue(text.out().contains("\\u001b]0;owned\\u0007"), text.out());
        assertEquals(11, text.out().lines().count(), text.out());
        Shell.Result json = plain("run", "clf.onnx", "docs/pictures/seven.png", "--top", "10", "--json");
        assertTrue(
                json.json().at("/0/predictions").findValuesAsText("label").contains("\u001b]0;owned\u0007"),
                "a document keeps the label");
        plain("inspect", "clf.onnx");
    }

    @Test
    void namesAndMetadataOfAForeignFileAreEscaped() throws Exception {
        GraphBuilder graph = new GraphBuilder(17);
        graph.input(new ValueInfo("x\n" + EVIL, DataType.FLOAT, Dimension.batchOf(2)));
        graph.output(new ValueInfo(graph.op("Relu", "x\n" + EVIL).emit(), DataType.FLOAT, Dimension.batchOf(2)));
        OnnxFile.of(17, new OnnxFile.Producer(EVIL, EVIL), graph.build(EVIL), Map.of("k " + EVIL, EVIL))
                .write(folder.resolve("evil.onnx"));
        Shell.Result inspected = plain("inspect", "evil.onnx");
        assertEquals(0, inspected.exitCode(), inspected.err());
        assertTrue(inspected.out().contains("Input     x\\u000a\\u001b]0;owned"), inspected.out());
        assertEquals(
                EVIL,
                plain("inspect", "evil.onnx", "--json").json().at("/graph").asText());
        plain("verify", "evil.onnx");
        plain("run", "evil.onnx");
    }

    @Test
    void whatTheUserTypedIsEscapedInMessages() {
        plain("inspect", EVIL + ".onnx");
        plain("run", "x", "--" + EVIL);
        plain(EVIL);
        plain("show", EVIL);
    }

    @Test
    void coloursAndBarsStillReachTheTerminal() {
        StringWriter err = new StringWriter();
        Host host = new Host(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                Map.of("TERM", "xterm"),
                folder,
                Optional.empty(),
                Set.of(Host.ConsoleStream.ERR),
                80);
        assertEquals(3, new JzooCommand(host).execute("inspect", "gone" + EVIL + ".onnx"));
        assertTrue(err.toString().startsWith("\u001b[31merror:\u001b[0m There is no file"), err.toString());
        assertPlain(err.toString().substring("\u001b[31merror:\u001b[0m".length()));
    }
}
