package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.cli.console.Host;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Every command explains itself, and every example in its help works. */
class HelpTest {

    @TempDir
    static Path folder;

    private static Shell shell;

    @BeforeAll
    static void publish() throws Exception {
        shell = Shell.in(folder).with("JZOO_MIRROR", StandIns.mirror(folder));
        StandIns.inputs(folder);
        Dl4jFiles.rows(folder.resolve("network.zip"), 0.5);
        Dl4jFiles.words(folder.resolve("words.zip"));
        RunFolder run = StandIns.months(folder.resolve("runs/airline"));
        assertTrue(Files.exists(run.model()));
        StandIns.trained(folder.resolve("runs/first"), new Hyperparameters(2, 32, 0.1, 1), 0.9);
        StandIns.trained(folder.resolve("runs/second"), new Hyperparameters(3, 32, 0.2, 1), 0.92);
        assertEquals(
                0,
                shell.type("train", "airline-lstm", "--epochs", "1", "--name", "interrupted")
                        .exitCode());
    }

    private static Stream<CommandLine> commands() {
        return withChildren(Shell.parser(folder));
    }

    private static Stream<CommandLine> withChildren(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpTest::withChildren));
    }

    private static List<String> examples(CommandLine command) {
        return Arrays.stream(command.getCommandSpec().usageMessage().footer())
                .map(String::strip)
                .filter(line -> line.startsWith("jzoo "))
                .toList();
    }

    @Test
    void everyCommandEndsItsHelpWithExamples() {
        List<String> without = commands()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .filter(command -> examples(command).isEmpty())
                .map(command -> command.getCommandSpec().qualifiedName())
                .toList();
        assertEquals(List.of(), without);
    }

    /** Trains for a short time. The quickstart has its own test. */
    @TestFactory
    Stream<DynamicTest> everyExampleWorks() {
        return commands()
                .flatMap(command -> examples(command).stream())
                .distinct()
                .filter(example -> !example.contains("quickstart"))
                // DjlBlockTest, AgainstRunTest and KerasExportTest run these
                .filter(example -> Stream.of("--block", "--against", "model.h5").noneMatch(example::contains))
                .filter(example -> !example.contains("shakespeare-lstm")
                        || Files.exists(Path.of("..", "zoo", "models", "shakespeare-lstm")))
                // LabCommandTest writes a lab, and the acceptance runs all
                .filter(example ->
                        Stream.of("lab site", "lab new", "lab run --all").noneMatch(example::contains))
                .filter(example -> !example.contains("train mnist-logistic") && !example.contains("dataset get mnist"))
                .map(example -> DynamicTest.dynamicTest(example, () -> run(example)));
    }

    private static void run(String example) {
        List<String> words = new ArrayList<>(List.of(example.split(" ")));
        words.remove(0);
        if (words.get(0).equals("train") && !words.contains("--resume")) {
            words.removeAll(List.of("--epochs", "20"));
            words.addAll(List.of("--epochs", "2"));
        }
        Shell.Result result = shell.type(words.toArray(String[]::new));
        assertEquals(0, result.exitCode(), result.err());
        assertFalse(result.out().isEmpty());
    }

    /** Examples that cannot be run here are at least parsed. */
    @Test
    void everyExampleIsUnderstood() {
        commands().flatMap(command -> examples(command).stream()).forEach(example -> {
            String[] words = example.split(" ");
            CommandLine jzoo = commands().findFirst().orElseThrow();
            jzoo.parseArgs(Arrays.copyOfRange(words, 1, words.length));
        });
    }

    @Test
    void helpNamesEveryVariableAndExitCode() {
        String help = shell.type("--help").out();
        for (String word : List.of(
                "JZOO_HOME", "JZOO_MIRROR", "JZOO_OFFLINE", "NO_COLOR", "JZOO_DEBUG", "130 interrupted", "Examples:")) {
            assertTrue(help.contains(word), word);
        }
        assertEquals(help, shell.type().out());
        assertFalse(help.contains("warm-up"));
    }

    @Test
    void noColourReachesOutputThatNobodyWatches() {
        assertFalse(shell.type("--help").out().contains("\033"));
        assertFalse(shell.type("nonsense").err().contains("\033"));
    }

    @Test
    void coloursCanBeTurnedOff() {
        Host watched = new Host(
                new PrintWriter(PrintWriter.nullWriter()),
                new PrintWriter(PrintWriter.nullWriter()),
                Map.of("TERM", "xterm"),
                folder,
                Optional.empty(),
                Set.of(Host.ConsoleStream.ERR),
                80);
        assertTrue(watched.coloured(Host.ConsoleStream.ERR));
        Host plain = new Host(
                watched.out(),
                watched.err(),
                Map.of("TERM", "xterm", "NO_COLOR", "1"),
                folder,
                Optional.empty(),
                Set.of(Host.ConsoleStream.ERR),
                80);
        assertFalse(plain.coloured(Host.ConsoleStream.ERR));
    }

    @Test
    void completionKnowsEveryCommand() {
        String script = shell.type("completion", "bash").out();
        assertTrue(script.contains("list search show pull run verify inspect train finetune export publish"), script);
        assertTrue(script.contains("airline-lstm"), "names of recipes");
    }
}
