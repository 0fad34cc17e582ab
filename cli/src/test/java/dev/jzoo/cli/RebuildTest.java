package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.cli.LauncherCheckout.Ended;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of programs that run while the launcher builds again. Java is real here, and Maven is a script that copies the
 * test's jars.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "jzoo is a shell script; Windows has jzoo.cmd")
class RebuildTest {

    private static final String MVN = """
            #!/bin/sh
            echo built >>"$BUILDS"
            for word; do
              case $word in
                -Djzoo.build=*) build=${word#*=} ;;
              esac
            done
            cp "$JARS"/jzoo-cli-0.2.0.jar "$build" && cp "$JARS"/jzoo-zoo-0.2.0.jar "$build/lib"
            """;

    /** The real Java without the class archive, which would take longer than the rest of the test. */
    private static final String JAVA = """
            #!/bin/sh
            case $1 in
              -XX:DumpLoadedClassList=*) exit 1 ;;
            esac
            exec "$REAL_JAVA" "$@"
            """;

    /**
     * A replacement for the command. With the argument "train" it needs a class of another jar after it got the signal to
     * continue.
     */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws IOException {
            BuildFolder.keep();
            System.out.println("started");
            if (arguments[0].equals("train")) {
                System.in.read();
                System.out.println(Answer.text());
            }
        }
    }

    /** A class from a jar that has not been opened before. */
    static final class Answer {

        private Answer() {}

        static String text() throws IOException {
            try (InputStream text = Answer.class.getResourceAsStream("answer.txt")) {
                return new String(text.readAllBytes());
            }
        }
    }

    @TempDir
    Path temporary;

    private LauncherCheckout checkout;
    private Path jars;

    @BeforeEach
    void checkOut() throws IOException {
        checkout = LauncherCheckout.in(temporary);
        checkout.tool("mvn", MVN);
        checkout.java(System.getProperty("java.version"), JAVA);
        jars = Files.createDirectories(checkout.folder().resolve("jars"));
        jar("jzoo-cli-0.2.0.jar", List.of(BuildFolder.class, BuildCleanup.class, Program.class), "");
        jar("jzoo-zoo-0.2.0.jar", List.of(Answer.class), "as it was");
    }

    private void jar(String name, List<Class<?>> classes, String answer) throws IOException {
        Attributes attributes = new Attributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.CLASS_PATH, "lib/jzoo-zoo-0.2.0.jar");
        attributes.put(Attributes.Name.MAIN_CLASS, Program.class.getName());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putAll(attributes);
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(jars.resolve(name)), manifest)) {
            for (Class<?> type : classes) {
                String file = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(file));
                try (InputStream bytes = type.getClassLoader().getResourceAsStream(file)) {
                    bytes.transferTo(jar);
                }
            }
            if (!answer.isEmpty()) {
                jar.putNextEntry(new JarEntry("dev/jzoo/cli/answer.txt"));
                jar.write(answer.getBytes());
            }
        }
    }

    private ProcessBuilder command(String... words) {
        ProcessBuilder builder = checkout.command(words);
        builder.environment().put("JARS", jars.toString());
        builder.environment()
                .put(
                        "REAL_JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        return builder;
    }

    /** Builds again and returns the build's folder. */
    private Path rebuild() throws Exception {
        checkout.touch("pom.xml");
        Ended ended = LauncherCheckout.end(command("list").start());
        checkout.untouch("pom.xml");
        assertEquals("started\n", ended.out(), ended.err());
        return checkout.build();
    }

    private Process train() throws Exception {
        Process process = command("train").start();
        assertEquals('s', process.getInputStream().read());
        return process;
    }

    private static String finish(Process training) throws Exception {
        training.getOutputStream().write('\n');
        training.getOutputStream().close();
        Ended ended = LauncherCheckout.end(training);
        assertEquals(0, ended.exitCode(), ended.err());
        return ended.out();
    }

    @Test
    void aProgramThatRunsHasItsJarsHoweverManyBuildsFollow() throws Exception {
        Process training = train();
        Path first = checkout.build();
        jar("jzoo-zoo-0.2.0.jar", List.of(Answer.class), "as it is now");
        rebuild();
        Path third = rebuild();
        Path fourth = rebuild();
        assertEquals(Set.of(first, third, fourth), checkout.buildFolders());
        assertEquals("tarted\nas it was\n", finish(training));
        assertEquals("tarted\nas it is now\n", finish(train()));
        Path fifth = rebuild();
        assertEquals(Set.of(fourth, fifth), checkout.buildFolders());
    }

    @Test
    void aProgramThatWasKilledKeepsNothing() throws Exception {
        Process training = train();
        Path first = checkout.build();
        rebuild();
        Path third = rebuild();
        assertTrue(Files.exists(first));
        training.destroyForcibly().waitFor();
        Path fourth = rebuild();
        assertEquals(Set.of(third, fourth), checkout.buildFolders());
    }
}
