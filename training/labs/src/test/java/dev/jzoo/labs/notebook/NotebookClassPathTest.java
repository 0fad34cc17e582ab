package dev.jzoo.labs.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookClassPathTest {

    @TempDir
    Path folder;

    private Path jar(String name, String classPath) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!classPath.isEmpty()) {
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            new JarOutputStream(out, manifest).close();
        }
        return file;
    }

    /** The launcher starts java -jar, and the manifest of that jar names all others. */
    @Test
    void aFolderOfJarsThatAManifestNamesIsOneLine() throws IOException {
        jar("my lib/a.jar", "");
        jar("my lib/b.jar", "");
        Path start = jar("start.jar", "my%20lib/a.jar my%20lib/b.jar my%20lib/missing.jar");
        assertEquals(
                List.of("%jar " + folder.resolve("my lib")),
                NotebookClassPath.of(List.of(start)).commands());
    }

    @Test
    void aJarIsNamedAloneIfItsFolderHasOthers() throws IOException {
        Path a = jar("lib/a.jar", "");
        jar("lib/other.jar", "");
        Path classes = Files.createDirectories(folder.resolve("target/classes"));
        assertEquals(
                List.of("%classpath " + classes, "%jar " + a),
                NotebookClassPath.of(List.of(classes, a, folder.resolve("missing")))
                        .commands());
    }

    @Test
    void theRunningProgramHasLabs() throws IOException {
        List<String> commands = NotebookClassPath.ofThisProgram().commands();
        assertTrue(commands.stream().anyMatch(command -> command.contains("labs")), commands.toString());
        for (String command : commands) {
            assertTrue(Files.exists(Path.of(command.substring(command.indexOf(' ') + 1))), command);
        }
    }
}
