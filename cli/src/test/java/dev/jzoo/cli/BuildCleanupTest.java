package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCleanupTest {

    @TempDir
    Path builds;

    private Path build(String name, String classPath, String... libraries) throws IOException {
        Path lib = Files.createDirectories(builds.resolve(name).resolve("lib"));
        for (String library : libraries) {
            Files.writeString(lib.resolve(library), library);
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        try (OutputStream jar = Files.newOutputStream(builds.resolve(name).resolve("jzoo-cli-1.0.jar"))) {
            new JarOutputStream(jar, manifest).close();
        }
        return Files.createFile(builds.resolve(name).resolve("in-use"));
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    @Test
    void whatIsNotNamedAndNotInUseIsRemoved() throws IOException {
        build("one", "lib/a.jar", "a.jar");
        build("two", "lib/a.jar", "a.jar");
        build("three", "lib/a.jar", "a.jar");
        BuildCleanup.main(new String[] {builds.toString(), "three", "two"});
        assertEquals(Set.of("two", "three"), names(builds));
    }

    @Test
    void aBuildThatWasInterruptedIsRemoved() throws IOException {
        build("new", "lib/a.jar", "a.jar");
        Files.delete(build("half", "lib/a.jar", "a.jar"));
        Files.createDirectories(builds.resolve("begun/lib"));
        BuildCleanup.main(new String[] {builds.toString(), "new"});
        assertEquals(Set.of("new"), names(builds));
    }

    @Test
    void librariesThatAreNotOnTheClassPathAreRemovedFromTheNewBuildOnly() throws IOException {
        build("old", "lib/a-1.jar lib/b-1.jar", "a-1.jar", "b-1.jar");
        build("new", "lib/a-2.jar lib/b-1.jar", "a-1.jar", "a-2.jar", "b-1.jar");
        BuildCleanup.main(new String[] {builds.toString(), "new", "old"});
        assertEquals(Set.of("a-2.jar", "b-1.jar"), names(builds.resolve("new/lib")));
        assertEquals(Set.of("a-1.jar", "b-1.jar"), names(builds.resolve("old/lib")));
    }
}
