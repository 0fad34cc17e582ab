package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher {@code jzoo} in a checkout of its own. Java and Maven are scripts here that say what they were asked, so that
 * a build takes no time.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "jzoo is a shell script; Windows has jzoo.cmd")
class LauncherTest {

    private static final String MVN = """
            #!/bin/sh
            echo built >>"$BUILDS"
            sleep 1
            echo "[INFO] Building JZoo cli 0.1.0        [7/7]"
            [ -z "$BROKEN" ] || { echo "[ERROR] no compiler today"; exit 1; }
            mkdir -p cli/target && : >cli/target/jzoo-cli-0.1.0.jar
            """;

    private static final String JAVA = """
            #!/bin/sh
            for word; do
              case $word in
                -XX:SharedArchiveFile=* | -XX:ArchiveClassesAtExit=*) [ -n "$DUMPED" ] || : >"${word#*=}" ;;
              esac
            done
            echo "java in $(pwd): $*"
            echo "kept by malloc: ${MALLOC_TRIM_THRESHOLD_:-as ever}"
            """;

    @TempDir
    Path temporary;

    private Path checkout;
    private Path tools;

    @BeforeEach
    void checkOut() throws IOException {
        temporary = temporary.toRealPath();
        checkout = Files.createDirectories(temporary.resolve("check out"));
        Files.copy(Path.of("../jzoo"), checkout.resolve("jzoo"));
        script(checkout.resolve("jzoo"));
        Files.createDirectories(checkout.resolve("cli/src/main"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Files.writeString(checkout.resolve("cli/pom.xml"), "<project/>");
        tools = Files.createDirectories(temporary.resolve("tools"));
        java("17.0.1");
        Files.writeString(tools.resolve("mvn"), MVN);
        script(tools.resolve("mvn"));
    }

    private void java(String version) throws IOException {
        Path bin = Files.createDirectories(temporary.resolve("jdk/bin"));
        Files.writeString(bin.resolve("java"), JAVA);
        Files.writeString(bin.resolve("javac"), "");
        Files.writeString(temporary.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
        script(bin.resolve("java"));
        script(bin.resolve("javac"));
    }

    private static void script(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Ended(int exitCode, String out, String err) {}

    private Process start(Path launcher, Path folder, String variable, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("PATH", tools + File.pathSeparator + "/usr/bin" + File.pathSeparator + "/bin");
        builder.environment().put("JAVA_HOME", temporary.resolve("jdk").toString());
        builder.environment().put("BUILDS", temporary.resolve("builds").toString());
        builder.environment().remove("JZOO_JAVA_OPTS");
        if (!variable.isEmpty()) {
            builder.environment().put(variable, "1");
        }
        return builder.start();
    }

    private static Ended end(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes());
        String err = new String(process.getErrorStream().readAllBytes());
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return new Ended(process.exitValue(), out, err);
    }

    private Ended run(String... words) throws Exception {
        return end(start(checkout.resolve("jzoo"), temporary, "", words));
    }

    private int builds() throws IOException {
        return Files.readAllLines(temporary.resolve("builds")).size();
    }

    @Test
    void theFirstUseBuildsAndSaysSoOnStderr() throws Exception {
        Ended first = run("list", "two words");
        assertEquals(0, first.exitCode(), first.err());
        assertTrue(
                first.err().startsWith("Building JZoo (first use, a few minutes) ...\n  JZoo cli 0.1.0"), first.err());
        assertTrue(first.out().startsWith("java in " + temporary + ": "), "the caller's folder stays: " + first.out());
        assertTrue(first.out().contains("jzoo-cli-0.1.0.jar list two words\n"), first.out());
        assertTrue(Files.readString(checkout.resolve("target/jzoo-build.log")).contains("Building JZoo cli"));
        assertEquals("", run("list").err());
        assertEquals(1, builds());
    }

    @Test
    void aNewerSourceIsBuiltAgain() throws Exception {
        run("list");
        Path source = Files.writeString(checkout.resolve("cli/src/main/New.java"), "class New {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertTrue(run("list").err().startsWith("Building JZoo (its sources are newer) ...\n"));
        assertEquals(2, builds());
    }

    @Test
    void twoFirstUsesAtOnceBuildOnce() throws Exception {
        Process one = start(checkout.resolve("jzoo"), temporary, "", "list");
        Process two = start(checkout.resolve("jzoo"), temporary, "", "list");
        String said = end(one).err() + end(two).err();
        assertEquals(0, one.exitValue());
        assertEquals(0, two.exitValue());
        assertEquals(1, builds());
        assertTrue(said.contains("Another jzoo is building; waiting for it ..."), said);
    }

    @Test
    void aLockThatWasLeftBehindIsTakenOver() throws Exception {
        Path lock = Files.createDirectories(checkout.resolve("target")).resolve("jzoo-build.lock");
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
        Ended ended = end(start(other, bin, "", "list"));
        assertEquals(0, ended.exitCode(), ended.err());
        assertTrue(ended.out().startsWith("java in " + bin + ": "), ended.out());
    }

    @Test
    void aBuildThatFailsShowsWhyAndIsTriedAgain() throws Exception {
        Ended failed = end(start(checkout.resolve("jzoo"), temporary, "BROKEN", "list"));
        assertEquals(1, failed.exitCode());
        assertTrue(failed.err().contains("[ERROR] no compiler today\nerror: The build failed.\n"), failed.err());
        assertEquals("", failed.out());
        assertEquals(0, run("list").exitCode());
        assertEquals(2, builds());
    }

    @Test
    void whatIsMissingOrTooOldIsNamed() throws Exception {
        Files.delete(tools.resolve("mvn"));
        for (String name : List.of("sh", "sed", "find", "head", "mkdir", "ln", "readlink", "rm", "dirname", "kill")) {
            link(name);
        }
        ProcessBuilder builder = new ProcessBuilder(checkout.resolve("jzoo").toString(), "list");
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("JAVA_HOME", temporary.resolve("jdk").toString());
        Ended withoutMaven = end(builder.start());
        assertEquals(1, withoutMaven.exitCode());
        assertTrue(withoutMaven.err().contains("error: There is no mvn on the PATH"), withoutMaven.err());

        builder.environment().remove("JAVA_HOME");
        Ended withoutJava = end(builder.start());
        assertEquals(1, withoutJava.exitCode());
        assertTrue(withoutJava.err().startsWith("error: There is no java on the PATH."), withoutJava.err());

        java("11.0.2");
        Ended old = run("list");
        assertEquals(1, old.exitCode());
        assertTrue(old.err().startsWith("error: JZoo needs Java 17 or later; "), old.err());
        assertTrue(old.err().contains(" is 11.0.2."), old.err());
    }

    private void link(String name) throws IOException {
        for (String folder : List.of("/bin", "/usr/bin")) {
            if (Files.exists(Path.of(folder, name)) && !Files.exists(tools.resolve(name))) {
                Files.createSymbolicLink(tools.resolve(name), Path.of(folder, name));
            }
        }
    }

    @Test
    void eachVersionOfJavaHasItsOwnArchive() throws Exception {
        run("list");
        assertTrue(Files.exists(checkout.resolve("cli/target/jzoo-17.0.1.jsa")));
        java("25");
        Ended newer = run("list");
        assertTrue(Files.exists(checkout.resolve("cli/target/jzoo-25.jsa")));
        assertTrue(newer.out().contains("--sun-misc-unsafe-memory-access=allow"), newer.out());
        assertEquals(1, builds());
    }

    @Test
    void onlyTrainingKeepsTheMemoryThatItFrees() throws Exception {
        assertTrue(run("train", "a-recipe").out().contains("kept by malloc: 17179869184"));
        assertTrue(run("run", "a-model").out().contains("kept by malloc: as ever"));
        Process own = start(checkout.resolve("jzoo"), temporary, "MALLOC_TRIM_THRESHOLD_", "train");
        assertTrue(end(own).out().contains("kept by malloc: 1\n"), "what the user says stays");
    }
}
