package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands print and write the same bytes whatever the locale, the charset, the time zone and the release of Java. The
 * first environment is plain English; the others are combinations drawn by a fixed seed, so that each value is met with
 * each JDK.
 */
@Tag("acceptance")
class EnvironmentsTest {

    private static final long SEED = 15;

    private static final List<List<String>> LOCALES = List.of(
            List.of("-Duser.language=en", "-Duser.country=US"),
            List.of("-Duser.language=tr", "-Duser.country=TR"),
            List.of("-Duser.language=de", "-Duser.country=DE"),
            List.of("-Duser.language=ar", "-Duser.country=EG", "-Duser.extensions=u-nu-arab"),
            List.of("-Duser.language=th", "-Duser.country=TH", "-Duser.extensions=u-ca-buddhist-nu-thai"));
    private static final List<String> CHARSETS = List.of("UTF-8", "ISO-8859-1", "COMPAT");
    private static final List<String> ZONES = List.of("UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Apia");

    private static final List<String> COMMANDS = List.of(
            "list",
            "show mnist-logistic",
            "run mnist-logistic seven.png --json",
            "run airline-lstm-12 --steps 3",
            "inspect model.onnx --json",
            "verify model.onnx",
            "train airline-lstm --epochs 2 --seed 1 --name run",
            "run admissions-mlp 337 118 4 4.5 4.5 9.65 1");

    @TempDir
    Path folder;

    /** The environment of a process. */
    private record Environment(Path jdk, List<String> locale, String charset, String zone) {

        @Override
        public String toString() {
            return jdk.getFileName() + " " + locale + " " + charset + " " + zone;
        }
    }

    @Test
    void whatIsPrintedAndWrittenIsTheSameEverywhere() throws Exception {
        List<Path> jdks = jdks();
        System.out.println("Environments drawn by seed " + SEED + " for the JDKs " + jdks);
        Environment plain = new Environment(jdks.get(0), LOCALES.get(0), CHARSETS.get(0), ZONES.get(0));
        Map<String, String> expected = outcome(plain, folder.resolve("plain"));
        assertTrue(
                expected.get("run mnist-logistic seven.png --json").contains("\"label\" : \"7\""), expected.toString());
        List<Environment> drawn = drawn(jdks);
        for (int i = 0; i < drawn.size(); i++) {
            Environment environment = drawn.get(i);
            outcome(environment, folder.resolve("other" + i))
                    .forEach((what, found) -> assertEquals(expected.get(what), found, environment + ": " + what));
        }
    }

    /** Returns the JDK that runs this test, followed by other installed JDKs: one for each release from 17 on. */
    private static List<Path> jdks() throws IOException {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        Map<Integer, Path> byRelease = new TreeMap<>();
        try (Stream<Path> beside = Files.list(own.getParent())) {
            for (Path home :
                    beside.filter(home -> Files.exists(home.resolve("release"))).toList()) {
                byRelease.put(release(home), home);
            }
        }
        byRelease.put(Runtime.version().feature(), own);
        List<Path> jdks = new ArrayList<>(List.of(own));
        byRelease.forEach((release, home) -> {
            if (release >= 17 && !home.equals(own)) {
                jdks.add(home);
            }
        });
        return jdks;
    }

    private static int release(Path home) throws IOException {
        String version = Files.readAllLines(home.resolve("release")).stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .findFirst()
                .orElse("JAVA_VERSION=\"0\"");
        return Integer.parseInt(version.replaceAll("JAVA_VERSION=\"(\\d+).*", "$1"));
    }

    private static List<Environment> drawn(List<Path> jdks) {
        Random random = new Random(SEED);
        List<Environment> drawn = new ArrayList<>();
        for (Path jdk : jdks) {
            List<List<String>> locales = new ArrayList<>(LOCALES);
            Collections.shuffle(locales, random);
            for (int i = 0; i < locales.size(); i++) {
                drawn.add(new Environment(
                        jdk, locales.get(i), CHARSETS.get(i % CHARSETS.size()), ZONES.get(i % ZONES.size())));
            }
        }
        return drawn;
    }

    private static Map<String, String> outcome(Environment environment, Path work) throws Exception {
        Files.createDirectories(work);
        Files.copy(Path.of("../docs/pictures/seven.png"), work.resolve("seven.png"));
        Files.copy(Path.of("../zoo/models/mnist-mlp/1.0.0/model.onnx"), work.resolve("model.onnx"));
        Map<String, String> outcome = new TreeMap<>();
        for (String line : COMMANDS) {
            outcome.put(line, printed(environment, work, line));
        }
        for (String file : List.of("recipe.json", "metrics.json", "model/model.onnx", "model/README.md")) {
            outcome.put(file, Sha256.of(work.resolve("runs/run").resolve(file)).toString());
        }
        return outcome;
    }

    private static String printed(Environment environment, Path work, String line) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(environment.jdk().resolve("bin/java").toString()));
        command.addAll(environment.locale());
        command.addAll(List.of(
                "-Dfile.encoding=" + environment.charset(),
                "-Duser.timezone=" + environment.zone(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.jzoo.cli.Main"));
        command.addAll(List.of(line.split(" ")));
        ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
        builder.environment().put("JZOO_HOME", work.resolve("home").toString());
        builder.environment().put("JZOO_OFFLINE", "1");
        builder.environment().put("LC_ALL", environment.charset().equals("COMPAT") ? "C" : "C.UTF-8");
        builder.redirectError(work.resolve("errors.txt").toFile());
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> environment + ": jzoo " + line + "\n" + printed + errors(work));
        return printed.replace(work.toString(), "WORK").replaceAll("\\d+(\\.\\d+)? (s|ms|min)\\b", "TIME");
    }

    private static String errors(Path work) {
        try {
            return Files.readString(work.resolve("errors.txt"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
