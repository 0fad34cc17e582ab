package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.cli.console.Host;
import dev.jzoo.cli.options.OptionDefaults;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Tests of options that several commands share, with their types and defaults. */
class OptionsTest {

    @TempDir
    Path folder;

    private static OptionSpec option(CommandLine commands, String command, String name) {
        return commands.getSubcommands().get(command).getCommandSpec().findOption(name);
    }

    @Test
    void trainAndFinetuneShareTheirOptions() {
        CommandLine commands = Shell.parser(folder);
        for (String name : List.of("--epochs", "--batch", "--lr", "--seed", "--out")) {
            OptionSpec train = option(commands, "train", name);
            OptionSpec finetune = option(commands, "finetune", name);
            assertEquals(train.userObject(), finetune.userObject(), name);
        }
        assertEquals(
                option(commands, "train", "--device").userObject(),
                option(commands, "run", "--device").userObject());
    }

    @Test
    void aValueThatDoesNotFitIsRefusedInTheWordsOfItsType() {
        Shell shell = Shell.in(folder);
        Shell.Result device = shell.type("run", "mnist-logistic", "x.png", "--device", "gpu");
        assertEquals(2, device.exitCode());
        assertEquals("error: Unknown device 'gpu'; expected cpu, cuda, cuda:1 or auto.\n", device.err());
        Shell.Result engine = shell.type("train", "airline-lstm", "--engine", "tf");
        assertEquals(2, engine.exitCode());
        assertEquals(
                "error: The engine 'tf' is not on the class path; found: djl, dl4j and scratch. Name one of these, or add the engine's jar to"
                        + " the class path.\n",
                engine.err());
        Shell.Result axis = shell.type("export", "x.zip", "--out", "x.onnx", "--input", "x=1,,2");
        assertEquals(2, axis.exitCode());
        assertEquals(
                "error: Expected axes such as batch,3,224,224, each a name or a size of at least 1, not ''.\n",
                axis.err());
    }

    @Test
    void aMistypedTypeOrSizeOfAnInputIsNotTakenForAName() {
        Shell shell = Shell.in(folder);
        for (String part : List.of("int46", "INT64", "LOW..HIGH", "nan..1", "0..9:int64")) {
            Shell.Result type = shell.type("export", "x.zip", "--out", "x.onnx", "--input", "ids:" + part + "=batch,4");
            assertEquals(2, type.exitCode(), part);
            assertTrue(type.err().startsWith("error: Expected a type (float, double,"), type.err());
        }
        for (String size : List.of("-1", "99999999999", "2.5", "1e3")) {
            Shell.Result axis = shell.type("export", "x.zip", "--out", "x.onnx", "--input", "x=batch," + size);
            assertEquals(2, axis.exitCode(), size);
            assertTrue(axis.err().contains("not '" + size + "'"), axis.err());
        }
        for (String input : List.of("input:0=batch,4", "a:b:float=batch,4", "a:b:float:0..1=batch,4")) {
            Shell.Result name = shell.type("export", "x.zip", "--out", "x.onnx", "--input", input);
            assertEquals(3, name.exitCode(), input + name.err()); // x.zip does not exist
        }
    }

    @Test
    void suchARefusalIsADocumentToo() throws Exception {
        Shell.Result result =
                Shell.in(folder).type("finetune", "--base", "x", "--data", "y", "--normalize", "z", "--json");
        assertEquals(2, result.exitCode());
        assertEquals("USAGE", result.code());
        assertTrue(result.json().at("/error/message").asText().startsWith("Unknown normalization 'z'"), result.out());
    }

    @Test
    void aModelIsPublishedIntoTheSourcesIfNoFolderIsNamed() {
        Path sources = Path.of("..").toAbsolutePath().normalize();
        assertEquals(sources.resolve("zoo/models").toString(), target(Optional.of(sources)));
        assertNull(target(Optional.empty()));
    }

    private String target(Optional<Path> checkout) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Host host = new Host(nowhere, nowhere, Map.of(), folder, checkout, Set.of(), 80);
        return new OptionDefaults(host).defaultValue(option(new JzooCommand(host).commandLine(), "publish", "--to"));
    }

    @TestFactory
    Stream<DynamicTest> everyHelpShowsDefaultsThatThereAre() {
        return Shell.parser(folder).getSubcommands().entrySet().stream()
                .map(command -> DynamicTest.dynamicTest(command.getKey(), () -> {
                    String help = command.getValue().getUsageMessage();
                    assertFalse(help.contains("null") || help.contains("Optional"), help);
                    assertFalse(help.contains("${"), help);
                }));
    }
}
