package dev.jzoo.cli;

import static dev.jzoo.cli.LauncherCheckout.end;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.cli.LauncherCheckout.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher {@code bin/jzoo} of a distribution. Java is a script here that prints its arguments. DistributionTest has the real one. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "bin/jzoo is a shell script; Windows has bin/jzoo.cmd")
class DistributionLauncherTest {

    @TempDir
    Path temporary;

    private LauncherCheckout java;
    private Path root;

    @BeforeEach
    void unpack() throws IOException {
        java = LauncherCheckout.in(temporary);
        root = java.folder().resolve("Öffentliche Programme/jzoo-0.2.0");
        for (String file : List.of("bin/jzoo", "lib/launch.sh")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.copy(Path.of("src/dist", file), root.resolve(file));
        }
        assertTrue(root.resolve("bin/jzoo").toFile().setExecutable(true));
        Files.createFile(root.resolve("jzoo-cli-0.2.0.jar"));
    }

    /** With java on the PATH, and no other program. */
    private ProcessBuilder command(Path launcher, String... words) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(java.folder().toFile());
        builder.environment().clear();
        builder.environment().put("PATH", java.folder().resolve("jdk/bin").toString());
        return builder;
    }

    private Ended run(String... words) throws Exception {
        return end(command(root.resolve("bin/jzoo"), words).start());
    }

    @Test
    void javaIsTheOnlyProgramThatItNeeds() throws Exception {
        Ended ended = run("run", "two words");
        assertEquals("", ended.err());
        assertEquals(0, ended.exitCode());
        assertTrue(ended.out().startsWith("java in " + java.folder() + ": -Xshare:auto "), ended.out());
        assertTrue(ended.out().contains("-Djzoo.checkout=" + root + " "), ended.out());
        assertTrue(
                ended.out().contains(" -jar " + root.resolve("jzoo-cli-0.2.0.jar") + " run two words\n"), ended.out());
        assertTrue(ended.out().contains(" -XX:+UseSerialGC "), "the options of a checkout's launcher: " + ended.out());
    }

    @Test
    void itRunsThroughALinkToALink() throws Exception {
        Path bin = Files.createDirectories(java.folder().resolve("bin"));
        Files.createSymbolicLink(bin.resolve("zoo"), Path.of("../Öffentliche Programme/jzoo-0.2.0/bin/jzoo"));
        Path link = Files.createSymbolicLink(bin.resolve("jzoo"), Path.of("zoo"));
        ProcessBuilder linked = command(link, "list");
        linked.environment().merge("PATH", ":/usr/bin:/bin", String::concat); // readlink
        Ended ended = end(linked.start());
        assertEquals(0, ended.exitCode(), ended.err());
        assertTrue(ended.out().contains("-Djzoo.checkout=" + root + " "), ended.out());
    }

    @Test
    void aRelativePathIsNotLookedForInCdpath() throws Exception {
        Files.createDirectories(java.folder().resolve("elsewhere/bin"));
        for (String launcher : List.of("bin/jzoo", "jzoo")) {
            Path folder = launcher.equals("jzoo") ? root.resolve("bin") : root;
            ProcessBuilder relative =
                    command(Path.of("/bin/sh"), launcher, "list").directory(folder.toFile());
            relative.environment()
                    .put("CDPATH", java.folder().resolve("elsewhere").toString());
            Ended ended = end(relative.start());
            assertEquals(0, ended.exitCode(), ended.err());
            assertTrue(ended.out().contains("-Djzoo.checkout=" + root + " "), ended.out());
        }
    }

    @Test
    void javaHomeComesFirstAndMustHaveJava() throws Exception {
        ProcessBuilder builder = command(root.resolve("bin/jzoo"), "list");
        builder.environment().put("PATH", "");
        builder.environment().put("JAVA_HOME", java.folder().resolve("jdk").toString());
        assertEquals(0, end(builder.start()).exitCode());

        Path empty = java.folder().resolve("no jdk");
        builder.environment().put("JAVA_HOME", empty.toString());
        Ended wrong = end(builder.start());
        assertEquals(1, wrong.exitCode());
        assertEquals(
                "error: JAVA_HOME is " + empty + ", which has no bin/java.\n"
                        + "Set it to the folder of a JDK, 17 or later, or unset it.\n",
                wrong.err());

        builder.environment().remove("JAVA_HOME");
        Ended without = end(builder.start());
        assertEquals(1, without.exitCode());
        assertEquals(
                "error: java was not found on the PATH.\n"
                        + "Install Java 17 or later (https://adoptium.net), or set JAVA_HOME.\n",
                without.err());
    }

    @Test
    void anOldJavaIsNamedAlsoOneWithoutAReleaseFile() throws Exception {
        java.java("11.0.2");
        String advice = "\nInstall Java 17 or later (https://adoptium.net), or set JAVA_HOME to it.\n";
        String path = java.folder().resolve("jdk/bin/java").toString();
        assertEquals(
                "error: JZoo needs Java 17 or later, but " + path + " is version 11.0.2." + advice,
                run("list").err());

        java.java(
                "17",
                "#!/bin/sh\necho 'Picked up JAVA_TOOL_OPTIONS: -Xmx1g' >&2\necho 'java version \"1.8.0_402\"' >&2\n");
        Files.delete(java.folder().resolve("jdk/release"));
        Ended old = run("list");
        assertEquals(1, old.exitCode());
        assertEquals("error: JZoo needs Java 17 or later, but " + path + " is version 1.8.0_402." + advice, old.err());
    }

    @Test
    void anIncompleteDistributionIsNamed() throws Exception {
        Files.delete(root.resolve("jzoo-cli-0.2.0.jar"));
        Ended ended = run("list");
        assertEquals(1, ended.exitCode());
        assertEquals(
                "error: The distribution of JZoo in " + root
                        + " is incomplete. Unpack the archive again, and put its bin folder on the PATH.\n",
                ended.err());
    }

    @Test
    void classesAreKeptForEachVersionOfJavaAndAgainAfterAMove() throws Exception {
        ProcessBuilder builder = command(root.resolve("bin/jzoo"), "list");
        builder.environment().merge("PATH", ":/usr/bin:/bin", String::concat); // mv and rm
        assertTrue(end(builder.start()).out().contains("-XX:SharedArchiveFile=" + root.resolve("lib/jzoo-17.0.1.jsa")));

        Path moved = Files.move(root, java.folder().resolve("moved"));
        Path place = moved.resolve("lib/jzoo-17.0.1.jsa.place");
        assertEquals(root.resolve("lib") + "\n", Files.readString(place));
        builder.command(moved.resolve("bin/jzoo").toString(), "list");
        assertTrue(
                end(builder.start()).out().contains("-XX:SharedArchiveFile=" + moved.resolve("lib/jzoo-17.0.1.jsa")));
        assertEquals(moved.resolve("lib") + "\n", Files.readString(place));
    }

    @Test
    void classesThatCannotBeKeptAreTriedOnce() throws Exception {
        java.java("17.0.1", "#!/bin/sh\n[ \"$1\" = -Xshare:auto ] || { echo tried >>tries; exit 1; }\n");
        ProcessBuilder builder = command(root.resolve("bin/jzoo"), "list");
        builder.environment().merge("PATH", ":/usr/bin:/bin", String::concat);
        assertEquals(0, end(builder.start()).exitCode());
        assertEquals(0, end(builder.start()).exitCode());
        assertEquals(List.of("tried"), Files.readAllLines(java.folder().resolve("tries")));
        assertFalse(Files.exists(root.resolve("lib/jzoo-17.0.1.jsa")));
    }
}
