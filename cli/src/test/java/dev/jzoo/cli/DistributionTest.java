package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archives of {@code mvn -Pdist package}, built from a copy of this checkout: what is in them, and that a new user can use them.
 * If JZOO_DISTRIBUTION names a folder with archives of these sources, those are tested and compared with archives that are built here.
 */
@Tag("acceptance")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "smoke.sh is a shell script; Windows has smoke.cmd")
class DistributionTest {

    private static final Path MODELS = Path.of("../zoo/models");

    @TempDir
    static Path folder;

    private static Path archives;
    private static Path root;

    @BeforeAll
    static void unpack() throws Exception {
        String given = System.getenv("JZOO_DISTRIBUTION");
        archives = given == null ? build("first") : Path.of(given);
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        ran("tar", "-xzf", archive(archives, ".tar.gz").toString(), "-C", unpacked.toString());
        List<Path> roots = list(unpacked);
        assertEquals(1, roots.size(), "an archive unpacks to one folder: " + roots);
        root = roots.get(0);
    }

    /** Builds the archives in a folder of that name. Returns the folder that they are in. */
    private static Path build(String name) throws Exception {
        Path copy = folder.resolve(name);
        SourcesCopy.make(copy, Set.of("examples", "runs"));
        ran(
                "mvn",
                "-B",
                "-q",
                "-f",
                copy.resolve("pom.xml").toString(),
                "-Pdist",
                "package",
                "-Dmaven.test.skip=true",
                "-pl",
                "cli");
        return copy.resolve("cli/target");
    }

    private static Path archive(Path built, String ending) throws IOException {
        List<Path> found = list(built).stream()
                .filter(file -> file.getFileName().toString().startsWith("jzoo-")
                        && file.getFileName().toString().endsWith(ending))
                .toList();
        assertEquals(1, found.size(), built + " has " + found);
        return found.get(0);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static String ran(String... command) throws Exception {
        Path printed = Files.createTempFile(folder, "printed", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        assertTrue(process.waitFor(30, TimeUnit.MINUTES), String.join(" ", command));
        assertEquals(0, process.exitValue(), Files.readString(printed));
        return Files.readString(printed);
    }

    @Test
    void aNewUserNeedsOnlyJava() throws Exception {
        String printed = ran(
                "sh", "src/smoke/smoke.sh", archive(archives, ".tar.gz").toString(), System.getProperty("java.home"));
        System.out.print(printed);
        assertTrue(printed.endsWith("smoke: passed\n"), printed);
    }

    @Test
    void bothArchivesHaveTheSameFiles() throws Exception {
        Path unzipped = Files.createDirectory(folder.resolve("unzipped"));
        ran("unzip", "-q", archive(archives, ".zip").toString(), "-d", unzipped.toString());
        ran("diff", "-r", root.toString(), list(unzipped).get(0).toString());
        assertTrue(Files.isExecutable(list(unzipped).get(0).resolve("bin/jzoo")));
    }

    @Test
    void itsModelsAreAsPublished() throws IOException {
        Map<String, String> published = digests(MODELS);
        published.keySet().removeIf(name -> name.endsWith(".tar.gz") || name.startsWith("."));
        assertTrue(published.size() > 100, published.size() + " files");
        assertEquals(published, digests(root.resolve("zoo/models")));
    }

    private static Map<String, String> digests(Path folder) throws IOException {
        Map<String, String> digests = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(
                        folder.relativize(file).toString(),
                        Sha256.of(Files.readAllBytes(file)).toString());
            }
        }
        return digests;
    }

    @Test
    void itHasTheFilesThatUsersExpect() throws IOException {
        List<String> missing = new ArrayList<>(List.of(
                "LICENSE",
                "README.md",
                "bin/jzoo",
                "bin/jzoo.cmd",
                "docs/install.md",
                "docs/pictures/seven.png",
                "docs/pictures/shapes/ring/3.png",
                "docs/tables/signals.csv",
                "share/man/man1/jzoo.1",
                "share/bash-completion/completions/jzoo",
                "share/zsh/site-functions/_jzoo",
                "share/fish/vendor_completions.d/jzoo.fish"));
        missing.removeIf(name -> Files.exists(root.resolve(name)));
        assertEquals(List.of(), missing);
        assertTrue(Files.readString(root.resolve("bin/jzoo.cmd")).contains("\r\n"), "Windows ends lines with CR LF");
    }

    @Test
    void itHasTheNativesOfThisPlatformAndEachOnce() throws IOException {
        assumeTrue(
                OS.LINUX.isCurrentOs() && System.getProperty("os.arch").equals("amd64"),
                "This test knows the names of Linux on x86-64 only.");
        Pattern library = Pattern.compile(".*/([^/]+\\.(?:so(?:\\.\\d+)*|dylib|jnilib|dll|a))");
        Pattern here = Pattern.compile("(?i).*/linux[-/]x(86[-_])?64/.*");
        Set<String> seen = new TreeSet<>();
        List<String> wrong = new ArrayList<>();
        for (Path jar : list(root.resolve("lib"))) {
            if (!jar.toString().endsWith(".jar")) {
                continue;
            }
            try (ZipFile file = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : file.stream().toList()) {
                    Matcher found = library.matcher(entry.getName());
                    if (found.matches() && (!here.matcher(entry.getName()).matches() || !seen.add(found.group(1)))) {
                        wrong.add(jar.getFileName() + ": " + entry.getName());
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(seen.containsAll(Set.of("libonnxruntime.so", "libtorch_cpu.so", "libnd4jcpu.so")), seen.toString());
    }

    @Test
    void theSameSourcesGiveTheSameBytesInAnotherFolder() throws Exception {
        Path second = build("second build, elsewhere");
        for (String ending : List.of(".tar.gz", ".zip")) {
            Path one = archive(archives, ending);
            assertEquals(-1, Files.mismatch(one, archive(second, ending)), one.getFileName() + " differs");
        }
    }
}
