package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a jar with natives of several platforms. */
class PlatformJarTest {

    private static final List<String> CODE =
            List.of("META-INF/MANIFEST.MF", "ai/onnxruntime/OrtEnvironment.class", "com/sun/jna/Native.class");
    private static final List<String> LINUX = List.of(
            "ai/onnxruntime/native/linux-x64/libonnxruntime.so",
            "jnilib/linux-x86_64/cpu/libdjl_torch.so",
            "jnilib/pytorch.properties",
            "com/sun/jna/linux-x86-64/libjnidispatch.so",
            "org/jline/nativ/Linux/x86_64/libjlinenative.so");
    private static final List<String> MAC = List.of(
            "ai/onnxruntime/native/osx-aarch64/libonnxruntime.dylib",
            "jnilib/osx-aarch64/cpu/libdjl_torch.dylib",
            "com/sun/jna/darwin-aarch64/libjnidispatch.jnilib",
            "org/jline/nativ/Mac/arm64/libjlinenative.jnilib");
    private static final List<String> NEITHER = List.of(
            "ai/onnxruntime/native/osx-aarch64/libonnxruntime.dylib.dSYM/Contents/Info.plist",
            "ai/onnxruntime/native/win-x64/onnxruntime.dll",
            "jnilib/linux-x86_64/cu128/libdjl_torch.so",
            "com/sun/jna/sunos-sparcv9/libjnidispatch.so",
            "org/jline/nativ/FreeBSD/x86/libjlinenative.so");

    @TempDir
    Path folder;

    private Path jar(List<List<String>> contents) throws IOException {
        Path jar = folder.resolve("some.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String name : contents.stream().flatMap(List::stream).toList()) {
                out.putNextEntry(new ZipEntry(name));
                out.write(name.getBytes());
            }
        }
        return jar;
    }

    private static Set<String> names(Path jar) throws IOException {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            Set<String> names = new TreeSet<>();
            for (ZipEntry entry : file.stream().toList()) {
                assertEquals(
                        entry.getName(), new String(file.getInputStream(entry).readAllBytes()));
                names.add(entry.getName());
            }
            return names;
        }
    }

    private static Set<String> union(List<String> one, List<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    @Test
    void nativesOfOtherPlatformsAreLeftOut() throws IOException {
        Path jar = jar(List.of(CODE, LINUX, MAC, NEITHER));
        PlatformJar.strip(jar, "linux-x86_64");
        assertEquals(union(CODE, LINUX), names(jar));

        jar = jar(List.of(CODE, LINUX, MAC, NEITHER));
        PlatformJar.strip(jar, "osx-aarch64");
        assertEquals(union(union(CODE, MAC).stream().toList(), List.of("jnilib/pytorch.properties")), names(jar));
    }

    @Test
    void theSameJarGivesTheSameBytesAtAnyTime() throws Exception {
        Path jar = jar(List.of(CODE, LINUX, MAC));
        PlatformJar.strip(jar, "linux-x86_64");
        byte[] first = Files.readAllBytes(jar);
        Thread.sleep(2100); // a zip counts in steps of two seconds
        jar = jar(List.of(CODE, LINUX, MAC));
        PlatformJar.strip(jar, "linux-x86_64");
        assertArrayEquals(first, Files.readAllBytes(jar));
    }

    @Test
    void aJarWithoutOtherNativesStaysAsItIs() throws IOException {
        Path jar = jar(List.of(CODE, LINUX));
        byte[] before = Files.readAllBytes(jar);
        PlatformJar.strip(jar, "linux-x86_64");
        assertArrayEquals(before, Files.readAllBytes(jar));
    }

    /** A new profile of the POM needs a line in the table. */
    @Test
    void everyPlatformOfTheBuildIsKnown() throws IOException {
        Path jar = jar(List.of(CODE));
        Matcher platform =
                Pattern.compile("<natives\\.djl>(.*)</natives\\.djl>").matcher(Files.readString(Path.of("../pom.xml")));
        int platforms = 0;
        while (platform.find()) {
            PlatformJar.strip(jar, platform.group(1));
            platforms++;
        }
        assertTrue(platforms >= 4, "platforms: " + platforms);
        assertEquals(
                "There are no natives for plan9.",
                assertThrows(IllegalArgumentException.class, () -> PlatformJar.strip(jar, "plan9"))
                        .getMessage());
    }
}
