package dev.jzoo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A jar that has natives of several platforms: of ONNX Runtime, DJL, JNA or JLine. */
final class PlatformJar {

    /** The folders of natives. The first group is the platform as the library names it, the second one "cpu" or a version of CUDA. */
    private static final List<Pattern> NATIVES = List.of(
            Pattern.compile("ai/onnxruntime/native/([^/]+)/.+"),
            Pattern.compile("jnilib/([^/]+)/([^/]+)/.+"),
            Pattern.compile("com/sun/jna/([a-z0-9]+-[a-z0-9-]+)/.+"),
            Pattern.compile("org/jline/nativ/([A-Z][^/]+/[^/]+)/.+"));

    /** The names of each platform in the four libraries, by its name in DJL. */
    private static final Map<String, List<String>> NAMES = Map.of(
            "linux-x86_64", List.of("linux-x64", "linux-x86_64", "linux-x86-64", "Linux/x86_64"),
            "linux-aarch64", List.of("linux-aarch64", "linux-aarch64", "linux-aarch64", "Linux/arm64"),
            "osx-aarch64", List.of("osx-aarch64", "osx-aarch64", "darwin-aarch64", "Mac/arm64"),
            "win-x86_64", List.of("win-x64", "win-x86_64", "win32-x86-64", "Windows/x86_64"));

    /** The same time in every entry, so that the same jar gives the same bytes. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private PlatformJar() {}

    /**
     * Leaves out the natives of other platforms, debugging symbols, and DJL's natives for CUDA. A jar without any stays as it is.
     *
     * @param platform as DJL names it: "linux-x86_64"
     * @throws IllegalArgumentException for a platform that JZoo does not support
     */
    static void strip(Path jar, String platform) throws IOException {
        List<String> names = NAMES.get(platform);
        if (names == null) {
            throw new IllegalArgumentException("There are no natives for " + platform + ".");
        }
        Path stripped = jar.resolveSibling(jar.getFileName() + ".stripped");
        try (ZipFile from = new ZipFile(jar.toFile())) {
            if (from.stream().allMatch(entry -> isNeeded(entry.getName(), names))) {
                return;
            }
            try (ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(stripped))) {
                for (ZipEntry entry : from.stream().toList()) {
                    if (!entry.isDirectory() && isNeeded(entry.getName(), names)) {
                        copy(from, entry, to);
                    }
                }
            }
        }
        Files.move(stripped, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(ZipFile from, ZipEntry entry, ZipOutputStream to) throws IOException {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(TIME);
        to.putNextEntry(copy);
        try (InputStream content = from.getInputStream(entry)) {
            content.transferTo(to);
        }
        to.closeEntry();
    }

    private static boolean isNeeded(String entry, List<String> names) {
        for (int i = 0; i < NATIVES.size(); i++) {
            Matcher matcher = NATIVES.get(i).matcher(entry);
            if (matcher.matches()) {
                return matcher.group(1).equals(names.get(i))
                        && (matcher.groupCount() < 2 || matcher.group(2).equals("cpu"))
                        && !entry.contains(".dSYM/");
            }
        }
        return true;
    }
}
