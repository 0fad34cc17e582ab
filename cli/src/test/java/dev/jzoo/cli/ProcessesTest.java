package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests of effects between processes: locks, start-up, the streams of the real main. */
class ProcessesTest {

    @TempDir
    static Path folder;

    private static Path mirror;

    @BeforeAll
    static void publish() throws Exception {
        mirror = StandIns.mirror(folder);
        StandIns.inputs(folder);
    }

    private static Process start(String home, String option, String... words) throws Exception {
        return start(home, option, Map.of(), words);
    }

    private static Process start(String home, String option, Map<String, String> variables, String... words)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                option,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.jzoo.cli.Main"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(Interruptible.command(command)).directory(folder.toFile());
        builder.environment().put("JZOO_HOME", folder.resolve(home).toString());
        builder.environment().put("JZOO_MIRROR", mirror.toString());
        builder.environment().putAll(variables);
        builder.redirectError(folder.resolve(home + ".err").toFile());
        return builder.start();
    }

    private static String out(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes());
    }

    /** Runs the real main in a shell after another command. Returns its output and error output. */
    private static String behind(String first, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                first + "; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.jzoo.cli.Main"));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("JZOO_HOME", folder.resolve("behind").toString());
        Process process = builder.start();
        String printed = out(process);
        assertTrue(process.waitFor() > 0, printed);
        return printed;
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no limit of open files")
    void tooFewFilesToOpenAreNamedAsTheReason() throws Exception {
        String printed = behind("ulimit -n 40", "list");
        assertTrue(printed.contains("the limit on open files is too low"), printed);
        assertTrue(printed.contains("ulimit -n 1024"), printed);
    }

    @Test
    @DisabledOnOs({OS.WINDOWS, OS.MAC})
    void aNameThatTheLocaleCannotSpellHasAdvice() throws Exception {
        String printed = behind("export LC_ALL=C", "inspect", "\u00e9.onnx");
        assertTrue(printed.contains("set LC_ALL=C.UTF-8"), printed);
    }

    @Test
    void aRunThatWasKilledIsResumedAndEqualsOneThatWasNot() throws Exception {
        Shell shell = Shell.in(folder);
        Path cut = folder.resolve("runs/cut");
        Process process = start("home", "-Xshare:auto", "train", "airline-lstm", "--epochs", "40", "--name", "cut");
        while (!Files.exists(cut.resolve("checkpoints/last.zip")) && process.isAlive()) {
            Thread.sleep(5);
        }
        process.destroyForcibly().waitFor();
        assertFalse(Files.exists(cut.resolve("model")), "it was killed too late");
        assertEquals(0, shell.type("train", "--resume", "runs/cut").exitCode());
        assertEquals(
                0,
                shell.type("train", "airline-lstm", "--epochs", "40", "--name", "whole")
                        .exitCode());
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("runs/whole/model/model.onnx")),
                Files.readAllBytes(cut.resolve("model/model.onnx")));
    }

    /** Kills the run as soon as the file of a checkpoint appears, until a kill leaves an incomplete one. */
    @Test
    @Tag("acceptance")
    void aRunThatIsKilledWhileItWritesACheckpointIsResumedAndEqualsOneThatWasNot() throws Exception {
        Shell shell = Shell.in(folder);
        Path checkpoints = folder.resolve("runs/battered/checkpoints");
        String[] words = {"train", "airline-lstm", "--epochs", "100", "--name", "battered"};
        boolean isBroken = false;
        for (int kills = 0; kills < 20 && !isBroken; kills++) {
            Set<String> before = files(checkpoints);
            Process process = start("home", "-Xshare:auto", words);
            while (process.isAlive()
                    && !(Files.exists(checkpoints.resolve("last.zip")) && isWriting(checkpoints, before))) {
                Thread.onSpinWait();
            }
            process.destroyForcibly().waitFor();
            assertFalse(Files.exists(folder.resolve("runs/battered/model")), "it was killed too late");
            isBroken = isWriting(checkpoints, before);
            words = new String[] {"train", "--resume", "runs/battered"};
        }
        assertTrue(isBroken, "no kill hit a checkpoint that was being written");
        assertEquals(0, shell.type(words).exitCode());
        assertEquals(
                0,
                shell.type("train", "airline-lstm", "--epochs", "100", "--name", "unbattered")
                        .exitCode());
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("runs/unbattered/model/model.onnx")),
                Files.readAllBytes(folder.resolve("runs/battered/model/model.onnx")));
        assertEquals(
                files(folder.resolve("runs/unbattered/checkpoints")), files(checkpoints), "something was left behind");
    }

    private static boolean isWriting(Path checkpoints, Set<String> before) throws IOException {
        return files(checkpoints).stream().anyMatch(name -> !before.contains(name) && name.endsWith(".tmp"));
    }

    private static Set<String> files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    @Test
    void aRunThatIsInterruptedTellsHowToGoOn() throws Exception {
        Path cut = folder.resolve("runs/hinted");
        Process process =
                start("hint", "-Xshare:auto", "train", "airline-lstm", "--epochs", "5000", "--name", "hinted");
        while (!Files.exists(cut.resolve("checkpoints/last.zip")) && process.isAlive()) {
            Thread.sleep(5);
        }
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertEquals(130, process.waitFor());
        String printed = Files.readString(folder.resolve("hint.err"));
        assertTrue(printed.endsWith("  jzoo train --resume runs/hinted\n"), printed);
    }

    /** PyTorch's libraries are destroyed as the process ends; a step that was still running used to crash it. */
    @Test
    @Tag("acceptance")
    void anInterruptWithinAStepCrashesNothing() throws Exception {
        StandIns.photos(folder.resolve("many"), 120); // an epoch takes seconds
        for (int i = 0; i < 6; i++) {
            Process process = start(
                    "crash",
                    "-XX:TieredStopAtLevel=1",
                    Map.of(
                            "JZOO_OFFLINE",
                            "1",
                            "JZOO_MIRROR",
                            Path.of("../zoo").toAbsolutePath().toString()),
                    "finetune",
                    "--base",
                    "cifar10-resnet20",
                    "--mode",
                    "scratch",
                    "--epochs",
                    "100000",
                    "--batch",
                    "1",
                    "--data",
                    "many",
                    "--name",
                    "crash");
            Path errors = folder.resolve("crash.err");
            while (process.isAlive()
                    && !(Files.exists(errors) && Files.readString(errors).contains("Epoch 2 of"))) {
                Thread.sleep(20);
            }
            new ProcessBuilder("kill", i % 2 == 0 ? "-INT" : "-TERM", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertEquals(i % 2 == 0 ? 130 : 143, process.waitFor(), Files.readString(errors));
            try (Stream<Path> files = Files.list(folder)) {
                assertEquals(
                        List.of(),
                        files.filter(file -> file.getFileName().toString().startsWith("hs_err"))
                                .toList());
            }
        }
    }

    @Test
    void anInterruptBeforeTheTrainingPromisesNoFolder() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = start(
                    "early",
                    "-Xshare:auto",
                    Map.of("JZOO_MIRROR", "http://127.0.0.1:" + silent.getLocalPort()),
                    "train",
                    "mnist-logistic",
                    "--name",
                    "early");
            silent.accept(); // the data is being requested
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertEquals(130, process.waitFor());
        }
        assertFalse(Files.exists(folder.resolve("runs/early")));
        String printed = Files.readString(folder.resolve("early.err"));
        assertTrue(printed.endsWith("Interrupted before training began. Nothing was kept.\n"), printed);
    }

    @Test
    void aReaderThatClosesThePipeEndsTheProcess() throws Exception {
        Process process = start("pipe", "-Xshare:auto", "list");
        process.getInputStream().close();
        assertEquals(141, process.waitFor());
        assertEquals("", Files.readString(folder.resolve("pipe.err")));
    }

    @Test
    void twoProcessesThatPullTheSameModelBothSucceed() throws Exception {
        List<Process> both = List.of(
                start("shared", "-Xshare:auto", "pull", "always-seven"),
                start("shared", "-Xshare:auto", "pull", "always-seven"));
        for (Process process : both) {
            assertTrue(out(process).endsWith("model.onnx\n"));
            assertEquals(0, process.waitFor(), Files.readString(folder.resolve("shared.err")));
        }
        Shell shell = Shell.in(folder).with("JZOO_HOME", folder.resolve("shared"));
        assertEquals(0, shell.type("cache", "verify").exitCode());
    }

    @Test
    void commandsThatDoNotTrainLoadNothingOfTheEngines() throws Exception {
        List<String[]> commands = List.of(
                new String[] {"list"},
                new String[] {"run", "always-seven", "docs/pictures/one.png"},
                new String[] {"verify", "plus-two"},
                new String[] {"doctor"});
        for (String[] command : commands) {
            Process process = start("light", "-Xlog:class+load:file=loaded.log", command);
            String printed = out(process);
            assertEquals(0, process.waitFor(), () -> String.join(" ", command) + ": " + printed);
            try (Stream<String> lines = Files.lines(folder.resolve("loaded.log"))) {
                List<String> heavy = lines.filter(line ->
                                line.matches(".*\\] (ai\\.djl|org\\.nd4j|org\\.deeplearning4j|org\\.bytedeco)\\..*"))
                        .toList();
                assertEquals(List.of(), heavy, String.join(" ", command));
            }
        }
    }

    @Test
    void nothingButTheResultReachesStdoutAndNothingButNewsStderr() throws Exception {
        Process process = start("quiet", "-Xshare:auto", "run", "plus-two", "--steps", "1");
        assertEquals("TIME     THOUSAND PASSENGERS\n1961-01               434.00\n", out(process));
        assertEquals(0, process.waitFor());
        assertEquals("", Files.readString(folder.resolve("quiet.err")));
    }

    @Test
    void theExitCodeIsThatOfTheFailure() throws Exception {
        assertEquals(3, start("codes", "-Xshare:auto", "show", "nothing").waitFor());
    }
}
