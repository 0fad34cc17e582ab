package dev.jzoo.cli.release;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The bundle of a release: one zip in the layout of a Maven repository, as public repositories take it. {@code .ci/bundle}
 * runs it as {@code java -cp ... Bundle REPOSITORY VERSION BUNDLE.zip}: it checks the folder that Maven deployed to, and writes the
 * zip only if no artifact has a fault.
 */
final class Bundle {

    static final String GROUP = "dev/jzoo";
    static final String BOM = "jzoo-bom";

    /** Suffixes of the files that a library has; a BOM has the POM alone. */
    static final List<String> FILES = List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json");

    private static final Map<String, String> CHECKSUMS =
            new TreeMap<>(Map.of(".md5", "MD5", ".sha1", "SHA-1", ".sha256", "SHA-256"));
    private static final LocalDateTime DATE = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final Path repository;
    private final String version;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, byte[]> contents = new TreeMap<>();

    private Bundle(Path repository, String version) {
        this.repository = repository;
        this.version = version;
    }

    public static void main(String[] words) throws Exception {
        if (words.length != 3) {
            System.err.println("Usage: Bundle REPOSITORY VERSION BUNDLE.zip");
            System.exit(2);
        }
        Path zip = Path.of(words[2]);
        List<String> faults = write(Path.of(words[0]), words[1], zip);
        if (!faults.isEmpty()) {
            System.err.println(zip + " was not written. Faults in " + words[0] + ":");
            faults.forEach(fault -> System.err.println("  " + fault));
            System.exit(1);
        }
        System.out.println("Wrote " + zip + " (" + Files.size(zip) + " bytes).");
    }

    /** Returns the faults. Writes the zip if there are none. */
    static List<String> write(Path repository, String version, Path zip) throws Exception {
        Bundle bundle = new Bundle(repository, version);
        bundle.read();
        if (bundle.faults.isEmpty()) {
            bundle.pack(zip);
        }
        return bundle.faults;
    }

    private void read() throws Exception {
        Path bom = file(BOM, ".pom");
        if (!Files.isRegularFile(bom)) {
            faults.add(repository.relativize(bom) + " is missing. It lists the artifacts of the release.");
            return;
        }
        Set<String> artifacts = new TreeSet<>(PublishedPom.read(bom).managedArtifacts());
        artifacts.add(BOM);
        for (String artifact : artifacts) {
            readArtifact(artifact, artifacts);
        }
        for (String folder : names(repository.resolve(GROUP))) {
            if (!artifacts.contains(folder)) {
                faults.add(folder + " is in the repository, but " + BOM + " does not list it.");
            }
        }
        long signatures =
                contents.keySet().stream().filter(name -> name.endsWith(".asc")).count();
        long files = contents.keySet().stream().filter(Bundle::isSubject).count();
        if (signatures != 0 && signatures != files) {
            faults.add(signatures + " of " + files + " files are signed. Sign all or none.");
        }
    }

    private void readArtifact(String artifact, Set<String> artifacts) throws Exception {
        for (String suffix : artifact.equals(BOM) ? List.of(".pom") : FILES) {
            Path file = file(artifact, suffix);
            if (!Files.isRegularFile(file)) {
                faults.add(file.getFileName() + " is missing.");
                continue;
            }
            byte[] bytes = Files.readAllBytes(file);
            String name = GROUP + "/" + artifact + "/" + version + "/" + file.getFileName();
            contents.put(name, bytes);
            Path signature = Path.of(file + ".asc");
            if (Files.isRegularFile(signature)) {
                contents.put(name + ".asc", Files.readAllBytes(signature));
            }
            for (Map.Entry<String, String> checksum : CHECKSUMS.entrySet()) {
                putChecksum(name, checksum, bytes, Path.of(file + checksum.getKey()));
            }
            if (suffix.equals(".pom")) {
                PublishedPom.read(file).faults(artifact, version, artifacts).forEach(faults::add);
            } else if (suffix.endsWith(".jar")) {
                PublishedJar.faults(file, suffix).forEach(faults::add);
            }
        }
    }

    /** Maven wrote some of the checksums: these must be right. The others are written here. */
    private void putChecksum(String name, Map.Entry<String, String> checksum, byte[] bytes, Path written)
            throws IOException {
        String expected = hash(checksum.getValue(), bytes);
        if (Files.isRegularFile(written)) {
            String found = Files.readString(written).strip();
            if (!found.equals(expected)) {
                faults.add(written.getFileName() + " has " + found + "; the file's is " + expected + ".");
            }
        }
        contents.put(name + checksum.getKey(), expected.getBytes(StandardCharsets.US_ASCII));
    }

    private void pack(Path zip) throws IOException {
        Files.createDirectories(zip.toAbsolutePath().getParent());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(zip));
                ZipOutputStream packed = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> content : contents.entrySet()) {
                ZipEntry entry = new ZipEntry(content.getKey());
                entry.setTimeLocal(DATE);
                packed.putNextEntry(entry);
                packed.write(content.getValue());
                packed.closeEntry();
            }
        }
    }

    private Path file(String artifact, String suffix) {
        return repository.resolve(GROUP).resolve(artifact).resolve(version).resolve(artifact + "-" + version + suffix);
    }

    private static boolean isSubject(String name) {
        return !name.endsWith(".asc") && CHECKSUMS.keySet().stream().noneMatch(name::endsWith);
    }

    static String hash(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has " + algorithm + ".", e);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
