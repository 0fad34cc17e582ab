package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A test of a real training in a copy of this checkout, which the launcher builds repeatedly meanwhile. */
@Tag("acceptance")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "jzoo is a shell script; Windows has jzoo.cmd")
class TrainingDuringRebuildTest {

    /** A script that replaces Maven in the third build: it delivers the jars of the second one at once. */
    private static final String THIRD_MVN = """
            #!/bin/sh
            for word; do
              case $word in
                -Djzoo.build=*) build=${word#*=} ;;
              esac
            done
            cp "$SECOND"/*.jar "$build" && cp "$SECOND"/lib/jzoo-*.jar "$build/lib"
            """;

    /** A script that replaces Maven in the last build: it lets the training end while the launcher builds. */
    private static final String LAST_MVN = """
            #!/bin/sh
            kill -CONT "$TRAINING"
            while [ ! -e "$ENDED" ]; do sleep 0.1; done
            exit 1
            """;

    @TempDir
    Path folder;

    private Path checkout;

    @Test
    void aTrainingEndsWellThoughJzooIsBuiltAnewMeanwhile() throws Exception {
        checkout = folder.resolve("checkout");
        SourcesCopy.make(checkout, Set.of("examples", "docs", "runs"));
        build(jzoo("train", "airline-lstm", "--epochs", "60", "--name", "undisturbed"), "first");

        Process training = start(jzoo("train", "airline-lstm", "--epochs", "60", "--name", "disturbed"), "training");
        while (!Files.exists(folder.resolve("runs/disturbed/checkpoints/last.zip")) && training.isAlive()) {
            Thread.sleep(5);
        }
        try {
            signal("STOP", training);
            assertFalse(Files.exists(folder.resolve("runs/disturbed/model")), "it was stopped too late");
            buildTwice();
            buildWhileItEnds(training);
        } finally {
            training.destroyForcibly();
        }
        assertEquals(0, training.exitValue(), Files.readString(folder.resolve("training.err")));
        assertEquals(files(folder.resolve("runs/undisturbed")), files(folder.resolve("runs/disturbed")));
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("runs/undisturbed/model/model.onnx")),
                Files.readAllBytes(folder.resolve("runs/disturbed/model/model.onnx")));
    }

    /** Builds twice, so that the training's build is neither the newest nor the previous one, which a build always keeps. */
    private void buildTwice() throws Exception {
        build(jzoo("--version"), "second");
        ProcessBuilder third = withMaven(THIRD_MVN, jzoo("--version"));
        String second = Files.readAllLines(checkout.resolve(".jzoo/current")).get(0);
        third.environment()
                .put("SECOND", checkout.resolve(".jzoo/builds").resolve(second).toString());
        build(third, "third");
    }

    private void buildWhileItEnds(Process training) throws Exception {
        touchASource();
        ProcessBuilder last = withMaven(LAST_MVN, jzoo("--version"));
        last.environment().put("TRAINING", Long.toString(training.pid()));
        last.environment().put("ENDED", folder.resolve("ended").toString());
        Process building = start(last, "building");
        assertTrue(training.waitFor(10, TimeUnit.MINUTES));
        Files.createFile(folder.resolve("ended"));
        assertEquals(1, building.waitFor());
        String printed = Files.readString(folder.resolve("building.err"));
        assertTrue(printed.startsWith("Building JZoo (its sources are newer) ...\n"), printed);
    }

    private ProcessBuilder jzoo(String... words) {
        List<String> command = new ArrayList<>(List.of(checkout.resolve("jzoo").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JZOO_HOME", folder.resolve("home").toString());
        builder.environment().put("JZOO_OFFLINE", "1");
        return builder;
    }

    private Process start(ProcessBuilder builder, String name) throws IOException {
        return builder.redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile())
                .start();
    }

    /** Runs a command that builds first. */
    private void build(ProcessBuilder command, String name) throws Exception {
        touchASource();
        int exitCode = start(command, name).waitFor();
        String printed = Files.readString(folder.resolve(name + ".err"));
        assertEquals(0, exitCode, printed);
        assertTrue(printed.startsWith("Building JZoo "), printed);
    }

    private ProcessBuilder withMaven(String script, ProcessBuilder command) throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        Path mvn = Files.writeString(tools.resolve("mvn"), script);
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
        command.environment().merge("PATH", tools.toString(), (path, first) -> first + File.pathSeparator + path);
        return command;
    }

    private static void signal(String name, Process process) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private void touchASource() throws IOException {
        Path source = checkout.resolve("cli/src/main/java/dev/jzoo/cli/Main.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now()));
    }

    private static Set<Path> files(Path run) throws IOException {
        try (Stream<Path> files = Files.walk(run)) {
            return files.map(run::relativize).collect(Collectors.toSet());
        }
    }
}
