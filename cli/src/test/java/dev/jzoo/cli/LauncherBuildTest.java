package dev.jzoo.cli;

import static dev.jzoo.cli.LauncherCheckout.end;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jzoo.cli.LauncherCheckout.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Tests of the launcher's builds: when it builds, and which builds it keeps. Java and Maven are scripts here. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "jzoo is a shell script; Windows has jzoo.cmd")
class LauncherBuildTest {

    @TempDir
    Path temporary;

    private LauncherCheckout checkout;

    @BeforeEach
    void checkOut() throws IOException {
        checkout = LauncherCheckout.in(temporary);
        temporary = checkout.folder();
    }

    @Test
    void aSourceOfEachModuleIsSeenAtAnyDepthAndNothingElseIs() throws Exception {
        checkout.write("pom.xml", """
                <project>
                  <modules>
                    <module>cli</module>
                    <module>zoo</module>
                    <module>export/onnx</module>
                    <module>family</module>
                    <module>examples</module>
                    <module>benchmarks</module>
                  </modules>
                  <profiles>
                    <profile>
                      <modules>
                        <module>labs</module>
                      </modules>
                    </profile>
                  </profiles>
                </project>
                """);
        List<String> sources = List.of(
                "pom.xml",
                "cli/pom.xml",
                "cli/src/main/java/a/target/InAPackageOfThatName.java",
                "zoo/models/digits/model.onnx",
                "export/onnx/src/main/resources/operators.txt",
                "family/pom.xml",
                "family/a/b/pom.xml",
                "family/a/b/src/main/java/Child.java");
        List<String> others = List.of(
                "cli/src/test/java/OfATest.java",
                "cli/target/classes/src/main/Copied.java",
                "cli/src/main/.swap",
                "export/README.md",
                "labs/src/main/OfAProfile.java",
                "examples/pom.xml",
                "examples/one/src/main/Example.java",
                "benchmarks/src/main/Benchmark.java",
                "runs/one/src/main/pom.xml");
        for (String file : others) {
            checkout.write(file, "");
        }
        for (String file : sources) {
            if (Files.notExists(checkout.root().resolve(file))) {
                checkout.write(file, "");
            }
        }
        checkout.run("list");
        for (String file : others) {
            checkout.touch(file);
        }
        checkout.run("list");
        assertEquals(1, checkout.builds());
        for (String file : sources) {
            int before = checkout.builds();
            checkout.touch(file);
            checkout.run("list");
            assertEquals(before + 1, checkout.builds(), file);
            checkout.untouch(file);
        }
    }

    /** The launcher reads the file line by line, without an XML parser. */
    @Test
    void theModulesOfThisProjectAreFound() throws Exception {
        Path pom = Path.of("../pom.xml");
        NodeList modules = (NodeList) XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                        "/*/*[local-name() = 'modules']/*",
                        new InputSource(pom.toUri().toString()),
                        XPathConstants.NODESET);
        List<String> needed = IntStream.range(0, modules.getLength())
                .mapToObj(i -> modules.item(i).getTextContent())
                .filter(name -> !name.equals("examples") && !name.equals("benchmarks"))
                .toList();
        assertTrue(needed.size() > 5, needed.toString());
        checkout.write("pom.xml", Files.readString(pom));
        checkout.run("list");
        List<String> current = Files.readAllLines(checkout.root().resolve(".jzoo/current"));
        assertEquals(String.join(" ", needed), current.get(1));
    }

    @Test
    void buildsShareTheLibrariesOfOthersAndNoneOfOurs() throws Exception {
        checkout.run("list");
        Path first = checkout.build();
        checkout.touch("pom.xml");
        checkout.run("list");
        Path second = checkout.build();
        assertNotEquals(first, second);
        assertTrue(Files.isSameFile(first.resolve("lib/other-1.0.jar"), second.resolve("lib/other-1.0.jar")));
        assertFalse(
                Files.isSameFile(first.resolve("lib/jzoo-zoo-0.2.0.jar"), second.resolve("lib/jzoo-zoo-0.2.0.jar")));
    }

    @Test
    void aBuildThatFailsOrIsInterruptedLeavesTheOldOneInUse() throws Exception {
        checkout.run("list");
        Path first = checkout.build();
        checkout.touch("pom.xml");
        assertEquals(1, end(checkout.start("BROKEN", "list")).exitCode());
        assertEquals(Set.of(first), checkout.buildFolders());

        ProcessBuilder slow = checkout.command("list");
        slow.environment().put("SLOW", "1");
        Process interrupted =
                slow.command(Interruptible.command(slow.command())).start();
        while (Files.notExists(temporary.resolve("builds.begun"))) {
            assertTrue(interrupted.isAlive());
            Thread.sleep(5);
        }
        new ProcessBuilder("kill", "-INT", Long.toString(interrupted.pid()))
                .start()
                .waitFor();
        assertEquals(130, end(interrupted).exitCode());
        assertEquals(first, checkout.build());
        assertEquals(Set.of(first), checkout.buildFolders());
        assertFalse(Files.exists(checkout.root().resolve(".jzoo/build.lock"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aLockOfAnotherMachineIsNotTakenOver() throws Exception {
        Path lock = Files.createDirectories(checkout.root().resolve(".jzoo")).resolve("build.lock");
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createSymbolicLink(lock, Path.of(gone.pid() + "@elsewhere"));
        Process waiting = checkout.command("list").start();
        String said = waiting.errorReader().readLine();
        assertEquals(
                "Waiting for another jzoo that is building ... If process " + gone.pid()
                        + " on elsewhere no longer runs, remove " + lock + ".",
                said);
        assertTrue(waiting.isAlive());
        Files.delete(lock);
        assertEquals(0, end(waiting).exitCode());
        assertEquals(1, checkout.builds());
    }

    /** Runs it as another user, since root may write everywhere. */
    @Test
    void aCheckoutThatIsBuiltRunsWhereItCannotBeWritten() throws Exception {
        checkout.run("list");
        checkout.touch("pom.xml");
        assertEquals(
                0,
                new ProcessBuilder("chmod", "-R", "a+rX,a-w", temporary.toString())
                        .start()
                        .waitFor());
        try {
            ProcessBuilder reader = checkout.command("list");
            if (Files.isWritable(checkout.build())) {
                assumeTrue(
                        Files.isExecutable(Path.of("/usr/bin/setpriv")), "root has no setpriv to become somebody else");
                List<String> command =
                        new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));
                command.addAll(reader.command());
                reader.command(command);
            }
            Ended ended = end(reader.start());
            assertEquals(0, ended.exitCode(), ended.err());
            assertEquals(
                    "The sources are newer than the build, but "
                            + checkout.root().resolve(".jzoo") + " is not writable. Running the existing build.\n",
                    ended.err());
        } finally {
            new ProcessBuilder("chmod", "-R", "u+w", temporary.toString())
                    .start()
                    .waitFor();
        }
        assertEquals(1, checkout.builds());
    }
}
