package dev.jzoo.cli.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of a bundle, on a repository with the BOM and one library: it passes as it is, and each fault is found. */
class BundleTest {

    private static final LocalDateTime DATE = LocalDateTime.of(2026, 11, 1, 0, 0);
    private static final String FIELDS = """
              <name>JZoo zoo</name>
              <description>Models.</description>
              <url>https://example.org</url>
              <licenses><license><name>Apache-2.0</name><url>https://example.org/licence</url></license></licenses>
              <developers><developer><name>The developers</name></developer></developers>
              <scm>
                <connection>scm:git:https://example.org/jzoo.git</connection>
                <developerConnection>scm:git:https://example.org/jzoo.git</developerConnection>
                <url>https://example.org/jzoo.git</url>
              </scm>
            """;
    private static final String LIBRARIES = """
              <dependencyManagement><dependencies>
                <dependency><groupId>dev.jzoo</groupId><artifactId>jzoo-zoo</artifactId><version>0.2.0</version></dependency>
              </dependencies></dependencyManagement>
            """;

    @TempDir
    Path repository;

    @TempDir
    Path target;

    @BeforeEach
    void deploy() throws IOException {
        write("jzoo-bom", ".pom", pom("jzoo-bom", FIELDS + LIBRARIES));
        write("jzoo-zoo", ".pom", pom("jzoo-zoo", FIELDS));
        write("jzoo-zoo", "-cyclonedx.json", "{}");
        jar(".jar", DATE, "dev/jzoo/zoo/Zoo.class", "dev/jzoo/zoo/Zoo$Inner.class");
        jar("-sources.jar", DATE, "dev/jzoo/zoo/Zoo.java");
        jar("-javadoc.jar", DATE, "index.html");
    }

    @Test
    void aCompleteRepositoryIsPackedWithItsChecksums() throws Exception {
        assertEquals(List.of(), faults());
        try (ZipFile zip = new ZipFile(zip().toFile())) {
            List<String> names = zip.stream().map(ZipEntry::getName).toList();
            assertEquals((1 + 5) * 4, names.size(), names.toString());
            assertEquals(names.stream().sorted().toList(), names);
            String pom = "dev/jzoo/jzoo-bom/0.2.0/jzoo-bom-0.2.0.pom";
            byte[] bytes = zip.getInputStream(zip.getEntry(pom)).readAllBytes();
            assertEquals(
                    Bundle.hash("SHA-256", bytes),
                    new String(
                            zip.getInputStream(zip.getEntry(pom + ".sha256")).readAllBytes(),
                            StandardCharsets.US_ASCII));
        }
    }

    @Test
    void twoBundlesOfOneRepositoryAreTheSame() throws Exception {
        faults();
        byte[] first = Files.readAllBytes(zip());
        faults();
        assertEquals(Bundle.hash("MD5", first), Bundle.hash("MD5", Files.readAllBytes(zip())));
    }

    @Test
    void signaturesAreTakenAlong() throws Exception {
        sign(Integer.MAX_VALUE);
        assertEquals(List.of(), faults());
        try (ZipFile zip = new ZipFile(zip().toFile())) {
            assertEquals(
                    6,
                    zip.stream()
                            .filter(entry -> entry.getName().endsWith(".asc"))
                            .count());
        }
    }

    @Test
    void aMissingSignatureIsFound() throws Exception {
        sign(5);
        assertEquals(List.of("5 of 6 files are signed. Sign all or none."), faults());
    }

    @Test
    void aMissingFileIsFound() throws Exception {
        for (String suffix : Bundle.FILES) {
            Path file = file("jzoo-zoo", suffix);
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            assertEquals(List.of("jzoo-zoo-0.2.0" + suffix + " is missing."), faults());
            Files.write(file, bytes);
        }
    }

    @Test
    void aWrongChecksumIsFound() throws Exception {
        String right = Bundle.hash("SHA-1", Files.readAllBytes(file("jzoo-zoo", ".jar")));
        write("jzoo-zoo", ".jar.sha1", "0".repeat(40));
        assertEquals(
                List.of("jzoo-zoo-0.2.0.jar.sha1 has " + "0".repeat(40) + "; the file's is " + right + "."), faults());
    }

    @Test
    void anArtifactThatTheBomDoesNotListIsFound() throws Exception {
        write("jzoo-cli", ".pom", pom("jzoo-cli", FIELDS));
        assertEquals(List.of("jzoo-cli is in the repository, but jzoo-bom does not list it."), faults());
    }

    @Test
    void aMissingBomIsFound() throws Exception {
        Files.delete(file("jzoo-bom", ".pom"));
        assertEquals(
                List.of(
                        "dev/jzoo/jzoo-bom/0.2.0/jzoo-bom-0.2.0.pom is missing. It lists the artifacts of the release."),
                faults());
    }

    @Test
    void eachMissingFieldOfAPomIsFound() throws Exception {
        write(
                "jzoo-zoo",
                ".pom",
                pom("jzoo-zoo", FIELDS.replaceAll("(?s)<scm>.*</scm>", "").replace("Models.", "")));
        assertEquals(
                List.of(
                        "jzoo-zoo-0.2.0.pom has no <description>.",
                        "jzoo-zoo-0.2.0.pom has no <scm/connection>.",
                        "jzoo-zoo-0.2.0.pom has no <scm/developerConnection>.",
                        "jzoo-zoo-0.2.0.pom has no <scm/url>."),
                faults());
    }

    @Test
    void partsOfTheBuildInAPomAreFound() throws Exception {
        write("jzoo-zoo", ".pom", pom("jzoo-zoo", FIELDS + """
                  <parent><groupId>dev.jzoo</groupId></parent>
                  <dependencies>
                    <dependency><groupId>dev.jzoo</groupId><artifactId>jzoo-cli</artifactId><version>0.1.0</version></dependency>
                    <dependency><groupId>g</groupId><artifactId>a</artifactId><version>${a.version}</version><scope>test</scope></dependency>
                    <dependency><groupId>g</groupId><artifactId>b</artifactId></dependency>
                  </dependencies>
                """));
        assertEquals(
                List.of(
                        "jzoo-zoo-0.2.0.pom has <parent>, which belongs to the build.",
                        "jzoo-zoo-0.2.0.pom has a property that is not resolved: ${a.version}",
                        "jzoo-zoo-0.2.0.pom has dependencies of scope test.",
                        "jzoo-zoo-0.2.0.pom has a dependency without a version.",
                        "jzoo-zoo-0.2.0.pom needs jzoo-cli, which is not in the bundle.",
                        "jzoo-zoo-0.2.0.pom <dependency> has '0.1.0'; expected '0.2.0'."),
                faults());
    }

    @Test
    void anotherVersionInAPomIsFound() throws Exception {
        write("jzoo-zoo", ".pom", pom("jzoo-zoo", FIELDS).replace("0.2.0", "0.2.0-SNAPSHOT"));
        assertEquals(
                List.of(
                        "jzoo-zoo-0.2.0.pom <version> has '0.2.0-SNAPSHOT'; expected '0.2.0'.",
                        "jzoo-zoo-0.2.0.pom names a SNAPSHOT."),
                faults());
    }

    @Test
    void faultsInJarsAreFound() throws Exception {
        jar("-sources.jar", DATE, "dev/jzoo/zoo/Other.java");
        jar("-javadoc.jar", DATE, "readme.txt");
        write("jzoo-zoo", ".jar", "");
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(file("jzoo-zoo", ".jar")))) {
            entry(jar, "dev/jzoo/zoo/Zoo.class", DATE, new byte[0]);
            entry(jar, "dev/jzoo/zoo/Store.class", DATE.plusDays(1), new byte[0]);
        }
        assertEquals(
                List.of(
                        "jzoo-zoo-0.2.0.jar has no Automatic-Module-Name.",
                        "jzoo-zoo-0.2.0.jar has entries of 2 different times. Its build cannot be repeated.",
                        "jzoo-zoo-0.2.0-sources.jar has no source of dev/jzoo/zoo/Store.java.",
                        "jzoo-zoo-0.2.0-sources.jar has no source of dev/jzoo/zoo/Zoo.java.",
                        "jzoo-zoo-0.2.0-javadoc.jar has no index.html."),
                faults());
    }

    private List<String> faults() throws Exception {
        Files.deleteIfExists(zip());
        List<String> faults = Bundle.write(repository, "0.2.0", zip());
        if (!faults.isEmpty()) {
            assertFalse(Files.exists(zip()), "A bundle with faults was written: " + faults);
        }
        return faults;
    }

    private Path zip() {
        return target.resolve("bundle.zip");
    }

    private static String pom(String artifact, String elements) {
        return """
                <project>
                  <groupId>dev.jzoo</groupId>
                  <artifactId>%s</artifactId>
                  <version>0.2.0</version>
                %s</project>
                """.formatted(artifact, elements);
    }

    private Path file(String artifact, String suffix) {
        return repository.resolve("dev/jzoo/" + artifact + "/0.2.0/" + artifact + "-0.2.0" + suffix);
    }

    private void write(String artifact, String suffix, String text) throws IOException {
        Files.createDirectories(file(artifact, suffix).getParent());
        Files.writeString(file(artifact, suffix), text);
    }

    private void sign(int most) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(repository)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files.subList(0, Math.min(most, files.size()))) {
            Files.writeString(Path.of(file + ".asc"), "signature");
        }
    }

    private void jar(String suffix, LocalDateTime date, String... names) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Automatic-Module-Name"), "dev.jzoo.zoo");
        try (OutputStream out = Files.newOutputStream(file("jzoo-zoo", suffix));
                ZipOutputStream jar = new ZipOutputStream(out)) {
            jar.putNextEntry(dated("META-INF/MANIFEST.MF", date));
            manifest.write(jar);
            jar.closeEntry();
            for (String name : names) {
                entry(jar, name, date, new byte[0]);
            }
        }
    }

    private static void entry(ZipOutputStream jar, String name, LocalDateTime date, byte[] bytes) throws IOException {
        jar.putNextEntry(dated(name, date));
        jar.write(bytes);
        jar.closeEntry();
    }

    private static ZipEntry dated(String name, LocalDateTime date) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(date);
        return entry;
    }
}
