package dev.jzoo.cli;

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

/**
 * A checkout with the launcher {@code jzoo} and almost no sources. Java and Maven are scripts that a test writes, so that a
 * build takes no time.
 *
 * @param folder for all files of a test; the checkout is in it, under a name with a space
 */
record LauncherCheckout(Path folder) {

    private static final String MVN = """
            #!/bin/sh
            echo built >>"$BUILDS"
            [ -z "$SLOW" ] || { : >"$BUILDS.begun"; sleep 1; }
            for word; do
              case $word in
                -Djzoo.build=*) build=${word#*=} ;;
              esac
            done
            echo "[INFO] Building JZoo cli 0.2.0        [7/7]"
            [ -z "$BROKEN" ] || { echo "[ERROR] no compiler today"; exit 1; }
            : >"$build/jzoo-cli-0.2.0.jar"
            echo ours >"$build/lib/jzoo-zoo-0.2.0.jar"
            [ -f "$build/lib/other-1.0.jar" ] || echo theirs >"$build/lib/other-1.0.jar"
            """;

    private static final String JAVA = """
            #!/bin/sh
            for word; do
              case $word in
                -XX:SharedArchiveFile=* | -XX:ArchiveClassesAtExit=*) [ -f "${word#*=}" ] || : >"${word#*=}" ;;
              esac
            done
            echo "java in $(pwd): $*"
            echo "kept by malloc: ${MALLOC_TRIM_THRESHOLD_:-as ever}"
            """;

    /** The exit code of a process and the text that it printed. */
    record Ended(int exitCode, String out, String err) {}

    static LauncherCheckout in(Path folder) throws IOException {
        LauncherCheckout checkout = new LauncherCheckout(folder.toRealPath());
        checkout.write("pom.xml", "<project>\n  <modules>\n    <module>cli</module>\n  </modules>\n</project>\n");
        checkout.write("cli/pom.xml", "<project/>");
        checkout.write("cli/src/main/Old.java", "class Old {}");
        Files.copy(Path.of("../jzoo"), checkout.launcher());
        checkout.write("cli/src/dist/lib/launch.sh", Files.readString(Path.of("src/dist/lib/launch.sh")));
        executable(checkout.launcher());
        checkout.tool("mvn", MVN);
        checkout.java("17.0.1");
        return checkout;
    }

    Path root() {
        return folder.resolve("check out");
    }

    Path launcher() {
        return root().resolve("jzoo");
    }

    /** The folder of programs that come first on the path. */
    Path tools() {
        return folder.resolve("tools");
    }

    void tool(String name, String script) throws IOException {
        Files.createDirectories(tools());
        executable(Files.writeString(tools().resolve(name), script));
    }

    void java(String version) throws IOException {
        java(version, JAVA);
    }

    void java(String version, String script) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
        executable(Files.writeString(bin.resolve("java"), script));
        executable(Files.writeString(bin.resolve("javac"), ""));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Path write(String file, String content) throws IOException {
        Path written = root().resolve(file);
        Files.createDirectories(written.getParent());
        return Files.writeString(written, content);
    }

    /** Makes a file of the checkout newer than any build. */
    void touch(String file) throws IOException {
        age(file, 5);
    }

    /** Makes a file of the checkout older than any build. */
    void untouch(String file) throws IOException {
        age(file, -3600);
    }

    private void age(String file, long seconds) throws IOException {
        Files.setLastModifiedTime(
                root().resolve(file), FileTime.from(Instant.now().plusSeconds(seconds)));
    }

    ProcessBuilder command(String... words) {
        List<String> command = new ArrayList<>(List.of(launcher().toString()));
        command.addAll(List.of(words));
        return environment(new ProcessBuilder(command).directory(folder.toFile()));
    }

    ProcessBuilder environment(ProcessBuilder builder) {
        builder.environment().put("PATH", tools() + File.pathSeparator + "/usr/bin" + File.pathSeparator + "/bin");
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().put("BUILDS", folder.resolve("builds").toString());
        builder.environment().remove("JZOO_JAVA_OPTS");
        return builder;
    }

    Process start(String variable, String... words) throws IOException {
        ProcessBuilder builder = command(words);
        builder.environment().put(variable, "1");
        return builder.start();
    }

    Ended run(String... words) throws Exception {
        return end(command(words).start());
    }

    static Ended end(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes());
        String err = new String(process.getErrorStream().readAllBytes());
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return new Ended(process.exitValue(), out, err);
    }

    /** Returns how often the script that replaces Maven ran. It adds a line to the file $BUILDS each time. */
    int builds() throws IOException {
        return Files.readAllLines(folder.resolve("builds")).size();
    }

    /** Returns the folder of the build that the launcher runs. */
    Path build() throws IOException {
        Path state = root().resolve(".jzoo");
        return state.resolve("builds")
                .resolve(Files.readAllLines(state.resolve("current")).get(0));
    }

    /** Returns the folders of all existing builds. */
    Set<Path> buildFolders() throws IOException {
        try (Stream<Path> folders = Files.list(root().resolve(".jzoo/builds"))) {
            return folders.collect(Collectors.toSet());
        }
    }
}
