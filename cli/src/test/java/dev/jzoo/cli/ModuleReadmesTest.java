package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README of each module: it names the dependency as the POM does, and its Java prints what it says. All pieces run in one
 * process, in the folder of a checkout, without a network and with an empty cache.
 */
class ModuleReadmesTest {

    private static final Path ROOT = Path.of("..");

    /** Modules that no application depends on: their READMEs have no dependency to copy and no code. */
    private static final Set<String> NOT_FOR_APPLICATIONS =
            Set.of("export/testing", "training/testing", "integrations/bom", "cli", "benchmarks");

    /** A piece is about ten lines and their imports. */
    private static final int MOST_LINES = 13;

    private static final Pattern COORDINATES = Pattern.compile("`([\\w.]+:[\\w-]+:[\\w.-]+)`");
    private static final Pattern PACKAGE = Pattern.compile("`(dev\\.jzoo\\.[a-z0-9.]+)`");

    @TempDir
    static Path folder;

    /** A module for applications, with its POM and its README. */
    private record PublishedModule(String path, PomFile pom, String readme) {

        static PublishedModule at(String path) {
            try {
                Path place = ROOT.resolve(path);
                return new PublishedModule(
                        path, PomFile.read(place.resolve("pom.xml")), Files.readString(place.resolve("README.md")));
            } catch (Exception e) {
                throw new IllegalStateException(path + " has no README.md or no pom.xml that can be read.", e);
            }
        }

        /** The only block of a language. */
        String block(String language) {
            List<String> blocks = PageBlock.in(readme).stream()
                    .filter(block -> block.language().equals(language))
                    .map(PageBlock::text)
                    .toList();
            assertEquals(1, blocks.size(), "Blocks marked " + language + " in the README of " + path);
            return blocks.get(0);
        }

        JavaPiece piece() {
            return new JavaPiece(pom.artifactId().replace('-', '_'), block("java"));
        }
    }

    private static List<String> modules() throws Exception {
        List<String> modules = PomFile.read(ROOT.resolve("pom.xml")).modules();
        assertTrue(modules.size() > 15, modules.toString());
        return modules;
    }

    private static List<PublishedModule> published() throws Exception {
        return modules().stream()
                .filter(path -> !NOT_FOR_APPLICATIONS.contains(path))
                .map(PublishedModule::at)
                .toList();
    }

    @Test
    void everyModuleHasOne() throws Exception {
        List<String> missing = modules().stream()
                .filter(path -> !Files.isRegularFile(ROOT.resolve(path).resolve("README.md")))
                .toList();
        assertEquals(List.of(), missing);
    }

    @TestFactory
    Stream<DynamicTest> dependenciesAndPackagesAreThoseOfTheBuild() throws Exception {
        Set<String> managed = PomFile.read(ROOT.resolve("pom.xml")).managed();
        return published().stream().map(module -> DynamicTest.dynamicTest(module.path(), () -> check(module, managed)));
    }

    private static void check(PublishedModule module, Set<String> managed) {
        String artifact = module.pom().artifactId();
        assertTrue(module.readme().startsWith("# " + artifact + "\n"), module.readme());
        assertEquals("""
                <dependency>
                  <groupId>dev.jzoo</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                </dependency>
                """.formatted(artifact, module.pom().version()), module.block("xml"));
        for (String coordinates : named(COORDINATES, module.readme())) {
            assertTrue(managed.contains(coordinates), coordinates + " is not in the table of versions: " + managed);
        }
        long lines = module.block("java")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("import "))
                .count();
        assertTrue(lines <= MOST_LINES, lines + " lines of code");
        List<String> packages = named(PACKAGE, module.readme());
        assertTrue(!packages.isEmpty(), "It names no package to read next.");
        for (String name : packages) {
            Path source = ROOT.resolve(module.path()).resolve("src/main/java").resolve(name.replace('.', '/'));
            assertTrue(Files.isRegularFile(source.resolve("package-info.java")), name);
        }
    }

    private static List<String> named(Pattern pattern, String page) {
        return pattern.matcher(page).results().map(found -> found.group(1)).toList();
    }

    @TestFactory
    Stream<DynamicTest> theCodePrintsWhatTheReadmeSays() throws Exception {
        List<PublishedModule> modules = published();
        List<JavaPiece> pieces = modules.stream().map(PublishedModule::piece).toList();
        Path classes = Files.createDirectory(folder.resolve("classes"));
        JavaPiece.compile(pieces, classes);
        Path checkout = folder.resolve("checkout");
        StandIns.inputs(checkout);
        run(pieces, classes, checkout);
        return modules.stream()
                .map(module -> DynamicTest.dynamicTest(
                        module.path(),
                        () -> PageBlock.assertPrinted(
                                module.block("text"),
                                Files.readString(checkout.resolve(module.piece().className() + ".out")))));
    }

    private static void run(List<JavaPiece> pieces, Path classes, Path checkout)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.join(System.getProperty("path.separator"), System.getProperty("java.class.path"), classes + ""),
                PieceRunner.class.getName()));
        pieces.forEach(piece -> command.add(piece.className()));
        Path errors = folder.resolve("errors.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(errors.toFile()));
        Map<String, String> environment = builder.environment();
        environment.put("JZOO_HOME", folder.resolve("home").toString());
        environment.put("JZOO_OFFLINE", "1");
        environment.remove("JZOO_MIRROR");
        environment.put("OPT_OUT_TRACKING", "true");
        assertEquals(0, builder.start().waitFor(), () -> errors(errors));
    }

    private static String errors(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "The process printed nothing that can be read: " + e;
        }
    }
}
