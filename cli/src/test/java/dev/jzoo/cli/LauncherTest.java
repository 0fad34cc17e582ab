package dev.jzoo.cli;

import static dev.jzoo.cli.LauncherCheckout.end;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.cli.LauncherCheckout.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of the launcher {@code jzoo} in its own checkout. Java and Maven are scripts here that print their arguments, so
 * that a build takes no time.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "jzoo is a shell script; Windows has jzoo.cmd")
class LauncherTest {

    @TempDir
    Path temporary;

    private LauncherCheckout checkout;

    @BeforeEach
    void checkOut() throws IOException {
        checkout = LauncherCheckout.in(temporary);
        temporary = checkout.folder();
    }

    private Ended run(String... words) throws Exception {
        return checkout.run(words);
    }

    private int builds() throws IOException {
        return checkout.builds();
    }

    @Test
    void theFirstUseBuildsAndSaysSoOnStderr() throws Exception {
        Ended first = run("list", "two words");
        assertEquals(0, first.exitCode(), first.err());
        assertTrue(
                first.err().startsWith("Building JZoo (first use, a few minutes) ...\n  JZoo cli 0.2.0"), first.err());
        assertTrue(first.out().startsWith("java in " + temporary + ": "), "the caller's folder stays: " + first.out());
        assertTrue(first.out().contains("jzoo-cli-0.2.0.jar list two words\n"), first.out());
        assertTrue(Files.readString(checkout.root().resolve(".jzoo/build.log")).contains("Building JZoo cli"));
        assertEquals("", run("list").err());
        assertEquals(1, builds());
    }

    @Test
    void aNewerSourceIsBuiltAgain() throws Exception {
        run("list");
        checkout.write("cli/src/main/New.java", "class New {}");
        checkout.touch("cli/src/main/New.java");
        assertTrue(run("list").err().startsWith("Building JZoo (its sources are newer) ...\n"));
        assertEquals(2, builds());
    }

    @Test
    void twoFirstUsesAtOnceBuildOnce() throws Exception {
        Process one = checkout.start("SLOW", "list");
        Process two = checkout.start("SLOW", "list");
        String said = end(one).err() + end(two).err();
        assertEquals(0, one.exitValue());
        assertEquals(0, two.exitValue());
        assertEquals(1, builds());
        assertTrue(said.contains("Waiting for another jzoo that is building ..."), said);
    }

    @Test
    void aLockThatWasLeftBehindIsTakenOver() throws Exception {
        Path lock = Files.createDirectories(checkout.root().resolve(".jzoo")).resolve("build.lock");
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createSymbolicLink(lock, Path.of(Long.toString(gone.pid())));
        assertEquals(0, run("list").exitCode());
        assertEquals(1, builds());
    }

    @Test
    void itRunsThroughALinkFromAnyFolder() throws Exception {
        Path bin = Files.createDirectories(temporary.resolve("bin"));
        Path link = Files.createSymbolicLink(bin.resolve("jzoo"), Path.of("../check out/jzoo"));
        Path other = Files.createSymbolicLink(bin.resolve("zoo"), link.getFileName());
        Ended ended = end(checkout.environment(new ProcessBuilder(other.toString(), "list").directory(bin.toFile()))
                .start());
        assertEquals(0, ended.exitCode(), ended.err());
        assertTrue(ended.out().startsWith("java in " + bin + ": "), ended.out());
    }

    @Test
    void aBuildThatFailsShowsWhyAndIsTriedAgain() throws Exception {
        Ended failed = end(checkout.start("BROKEN", "list"));
        assertEquals(1, failed.exitCode());
        assertTrue(failed.err().contains("[ERROR] no compiler today\nerror: The build failed.\n"), failed.err());
        assertEquals("", failed.out());
        assertEquals(0, run("list").exitCode());
        assertEquals(2, builds());
    }

    @Test
    void whatIsMissingOrTooOldIsNamed() throws Exception {
        Files.delete(checkout.tools().resolve("mvn"));
        for (String name : List.of("sh", "sed", "find", "head", "mkdir", "ln", "readlink", "rm", "dirname", "kill")) {
            link(name);
        }
        ProcessBuilder builder = new ProcessBuilder(checkout.launcher().toString(), "list");
        builder.environment().put("PATH", checkout.tools().toString());
        builder.environment().put("JAVA_HOME", temporary.resolve("jdk").toString());
        Ended withoutMaven = end(builder.start());
        assertEquals(1, withoutMaven.exitCode());
        assertTrue(
                withoutMaven.err().contains("error: JZoo is not built yet, and mvn was not found on the PATH."),
                withoutMaven.err());

        builder.environment().remove("JAVA_HOME");
        Ended withoutJava = end(builder.start());
        assertEquals(1, withoutJava.exitCode());
        assertTrue(withoutJava.err().startsWith("error: java was not found on the PATH."), withoutJava.err());

        checkout.java("11.0.2");
        Ended old = run("list");
        assertEquals(1, old.exitCode());
        assertTrue(old.err().startsWith("error: JZoo needs Java 17 or later, but "), old.err());
        assertTrue(old.err().contains(" is version 11.0.2."), old.err());
    }

    private void link(String name) throws IOException {
        for (String folder : List.of("/bin", "/usr/bin")) {
            if (Files.exists(Path.of(folder, name))
                    && !Files.exists(checkout.tools().resolve(name))) {
                Files.createSymbolicLink(checkout.tools().resolve(name), Path.of(folder, name));
            }
        }
    }

    @Test
    void eachVersionOfJavaHasItsOwnArchive() throws Exception {
        run("list");
        assertTrue(Files.exists(checkout.build().resolve("jzoo-17.0.1.jsa")));
        checkout.java("25");
        Ended newer = run("list");
        assertTrue(Files.exists(checkout.build().resolve("jzoo-25.jsa")));
        assertTrue(newer.out().contains("--sun-misc-unsafe-memory-access=allow"), newer.out());
        assertEquals(1, builds());
    }

    @Test
    void onlyTrainingKeepsTheMemoryThatItFrees() throws Exception {
        assertTrue(run("train", "a-recipe").out().contains("kept by malloc: 17179869184"));
        assertTrue(run("run", "a-model").out().contains("kept by malloc: as ever"));
        Process own = checkout.start("MALLOC_TRIM_THRESHOLD_", "train");
        assertTrue(end(own).out().contains("kept by malloc: 1\n"), "what the user says stays");
    }
}
