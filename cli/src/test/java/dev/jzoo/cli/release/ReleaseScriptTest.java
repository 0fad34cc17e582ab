package dev.jzoo.cli.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code .ci/release --check} in a repository of its own: it accepts a release and refuses each fault. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "releases are made with a shell script")
class ReleaseScriptTest {

    private static final String CHANGELOG = "# Changelog\n\n## 0.2.0 - 2026-11-30\n\n- Something new.\n";

    @TempDir
    Path checkout;

    private String commit;

    @BeforeEach
    void commit() throws Exception {
        Files.createDirectories(checkout.resolve(".ci"));
        Files.copy(Path.of("../.ci/release"), checkout.resolve(".ci/release"));
        write("pom.xml", """
                <project>
                  <artifactId>jzoo</artifactId>
                  <version>0.2.0</version>
                </project>
                """);
        write("zoo/pom.xml", module("0.2.0"));
        write("CHANGELOG.md", CHANGELOG);
        write(".gitignore", "target/\n");
        run("git", "init", "--quiet");
        commit = committed("Start");
        accept(commit);
    }

    @Test
    void aCommitThatMayBeReleasedIsAccepted() throws Exception {
        assertEquals("JZoo 0.2.0 can be released from commit " + commit.substring(0, 10) + ".\n", released(0));
    }

    @Test
    void aSnapshotIsRefused() throws Exception {
        write("pom.xml", Files.readString(checkout.resolve("pom.xml")).replace("0.2.0", "0.2.0-SNAPSHOT"));
        write("zoo/pom.xml", module("0.2.0-SNAPSHOT"));
        write("CHANGELOG.md", CHANGELOG.replace("0.2.0", "0.2.0-SNAPSHOT"));
        accept(committed("Set a snapshot"));
        assertEquals("""
                JZoo 0.2.0-SNAPSHOT cannot be released:
                  pom.xml has version 0.2.0-SNAPSHOT. Set a version without SNAPSHOT in every pom.xml.
                """, released(1));
    }

    @Test
    void aModuleOfAnotherVersionIsRefused() throws Exception {
        write("zoo/pom.xml", module("0.1.0"));
        accept(committed("Forget a module"));
        assertEquals("""
                JZoo 0.2.0 cannot be released:
                  zoo/pom.xml has version 0.1.0; pom.xml has 0.2.0. Set the same version in every pom.xml.
                """, released(1));
    }

    @Test
    void aChangelogWithoutADatedSectionIsRefused() throws Exception {
        write("CHANGELOG.md", CHANGELOG.replace(" - 2026-11-30", " - unreleased"));
        accept(committed("Forget the date"));
        assertEquals("""
                JZoo 0.2.0 cannot be released:
                  CHANGELOG.md has no section '## 0.2.0 - YYYY-MM-DD'. Add it, with the date of the release.
                """, released(1));
    }

    @Test
    void aMissingChangelogIsRefused() throws Exception {
        Files.delete(checkout.resolve("CHANGELOG.md"));
        accept(committed("Lose the changelog"));
        assertEquals("""
                JZoo 0.2.0 cannot be released:
                  CHANGELOG.md is missing.
                """, released(1));
    }

    @Test
    void changesThatAreNotCommittedAreRefused() throws Exception {
        write("zoo/Left.java", "");
        assertEquals("""
                JZoo 0.2.0 cannot be released:
                  The checkout has changes that are not committed. Commit or undo them:
                  ?? zoo/Left.java
                """, released(1));
    }

    @Test
    void aTagAtAnotherCommitIsRefused() throws Exception {
        run("git", "tag", "v0.2.0");
        write("zoo/More.java", "");
        String later = committed("Add more");
        accept(later);
        assertEquals("""
                JZoo 0.2.0 cannot be released:
                  The tag v0.2.0 is at commit %s, not at this one (%s). Set a new version.
                """.formatted(commit.substring(0, 10), later.substring(0, 10)), released(1));
    }

    @Test
    void anAcceptanceOfAnotherCommitIsRefused() throws Exception {
        write("zoo/More.java", "");
        String later = committed("Add more");
        assertEquals("""
                JZoo 0.2.0 cannot be released:
                  The acceptance has not passed for this commit (%s); target/acceptance-passed has '%s'. Run .ci/run.
                """.formatted(later.substring(0, 10), commit.substring(0, 10)), released(1));
    }

    @Test
    void allFaultsAreToldAtOnce() throws Exception {
        write("zoo/pom.xml", module("0.1.0"));
        Files.delete(checkout.resolve("CHANGELOG.md"));
        assertEquals("""
                JZoo 0.2.0 cannot be released:
                  zoo/pom.xml has version 0.1.0; pom.xml has 0.2.0. Set the same version in every pom.xml.
                  CHANGELOG.md is missing.
                  The checkout has changes that are not committed. Commit or undo them:
                   D CHANGELOG.md
                   M zoo/pom.xml
                """, released(1));
    }

    private static String module(String version) {
        return """
                <project>
                  <parent>
                    <artifactId>jzoo</artifactId>
                    <version>%s</version>
                  </parent>
                </project>
                """.formatted(version);
    }

    private String released(int exitCode) throws Exception {
        Process process = start("bash", ".ci/release", "--check");
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(exitCode, process.waitFor(), printed);
        return printed;
    }

    private String committed(String subject) throws Exception {
        run("git", "add", "--all");
        run("git", "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", subject);
        return run("git", "rev-parse", "HEAD").strip();
    }

    private void accept(String passed) throws IOException {
        write("target/acceptance-passed", passed + "\n");
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(checkout.resolve(file).getParent());
        Files.writeString(checkout.resolve(file), text);
    }

    private String run(String... words) throws Exception {
        Process process = start(words);
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), printed);
        return printed;
    }

    private Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(checkout.toFile()).redirectErrorStream(true);
        // A repository of its own, also where the tests run inside a hook of another one.
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        return builder.start();
    }
}
