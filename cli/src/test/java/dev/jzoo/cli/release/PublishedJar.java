package dev.jzoo.cli.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

/** A published jar: classes, sources or Javadoc. */
final class PublishedJar {

    private PublishedJar() {}

    /** Returns what is wrong with a jar, whose suffix tells its kind. */
    static List<String> faults(Path file, String suffix) throws IOException {
        List<String> faults = new ArrayList<>();
        String name = file.getFileName() + " ";
        try (JarFile jar = new JarFile(file.toFile())) {
            Set<String> entries = jar.stream().map(ZipEntry::getName).collect(Collectors.toCollection(TreeSet::new));
            switch (suffix) {
                case ".jar" -> {
                    if (jar.getManifest() == null
                            || jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name") == null) {
                        faults.add(name + "has no Automatic-Module-Name.");
                    }
                    requireAny(faults, entries, name, ".class");
                }
                case "-sources.jar" -> {
                    requireAny(faults, entries, name, ".java");
                    sourceless(file, entries).forEach(type -> faults.add(name + "has no source of " + type + "."));
                }
                case "-javadoc.jar" -> requireAny(faults, entries, name, "index.html");
                default -> throw new IllegalArgumentException(suffix);
            }
            // The build sets one time for all entries: two builds of a commit make the same jar.
            long times = jar.stream().map(ZipEntry::getTimeLocal).distinct().count();
            if (times != 1) {
                faults.add(name + "has entries of " + times + " different times. Its build cannot be repeated.");
            }
        }
        return faults;
    }

    private static void requireAny(List<String> faults, Set<String> entries, String name, String end) {
        if (entries.stream().noneMatch(entry -> entry.endsWith(end))) {
            faults.add(name + "has no " + end + ".");
        }
    }

    /** Top-level classes of the jar next to the sources that have no file there. */
    private static Set<String> sourceless(Path sources, Set<String> entries) throws IOException {
        Path classes = sources.resolveSibling(sources.getFileName().toString().replace("-sources.jar", ".jar"));
        if (!classes.toFile().isFile()) {
            return Set.of();
        }
        try (JarFile jar = new JarFile(classes.toFile())) {
            return jar.stream()
                    .map(ZipEntry::getName)
                    .filter(entry -> entry.endsWith(".class") && !entry.contains("$"))
                    .map(entry -> entry.replaceFirst("\\.class$", ".java"))
                    .filter(entry -> !entries.contains(entry))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
