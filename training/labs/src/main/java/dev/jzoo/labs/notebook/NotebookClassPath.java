package dev.jzoo.labs.notebook;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Commands of the Java kernel that put JZoo on the class path of a notebook.
 *
 * @param commands lines of the cell
 */
public record NotebookClassPath(List<String> commands) {

    /** Copies the lines. */
    public NotebookClassPath {
        commands = List.copyOf(commands);
    }

    /** Returns commands for the jars and folders that the running program uses. The notebook works on this machine only. */
    public static NotebookClassPath ofThisProgram() throws IOException {
        List<Path> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                entries.add(Path.of(entry));
            }
        }
        return of(entries);
    }

    /**
     * Returns commands for entries of a class path. A jar whose manifest names other jars stands for these. One line is enough for
     * a folder whose jars are all on the class path. Entries that do not exist are left out, as Java does.
     */
    static NotebookClassPath of(List<Path> entries) throws IOException {
        Set<Path> all = new LinkedHashSet<>();
        for (Path entry : entries) {
            add(entry.toAbsolutePath().normalize(), all);
        }
        Map<Path, String> commands = new LinkedHashMap<>();
        for (Path entry : all) {
            Path folder = entry.getParent();
            if (Files.isDirectory(entry)) {
                commands.put(entry, "%classpath " + entry);
            } else if (commands.containsKey(folder) || all.containsAll(jars(folder))) {
                commands.put(folder, "%jar " + folder);
            } else {
                commands.put(entry, "%jar " + entry);
            }
        }
        return new NotebookClassPath(List.copyOf(commands.values()));
    }

    /** Returns the cell. */
    String source() {
        return String.join("\n", commands) + "\n";
    }

    private static void add(Path entry, Set<Path> all) throws IOException {
        if (Files.isDirectory(entry)) {
            all.add(entry);
        } else if (Files.isRegularFile(entry)) {
            List<Path> named = named(entry);
            if (named.isEmpty()) {
                all.add(entry);
            }
            for (Path other : named) {
                if (!all.contains(other)) {
                    add(other, all);
                }
            }
        }
    }

    private static List<Path> named(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String value =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            List<Path> named = new ArrayList<>();
            if (value != null) {
                for (String address : value.strip().split("\\s+")) {
                    URI uri = jar.toUri().resolve(address);
                    named.add(Path.of(uri).normalize());
                }
            }
            return named;
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            files.forEach(jars::add);
        }
        return jars;
    }
}
