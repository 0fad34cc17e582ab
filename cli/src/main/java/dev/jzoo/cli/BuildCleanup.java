package dev.jzoo.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** A program that removes builds which no process runs from. The launchers start it after each build. */
final class BuildCleanup {

    private final Path builds;
    private final PrintStream log;

    private BuildCleanup(Path builds, PrintStream log) {
        this.builds = builds;
        this.log = log;
    }

    /** Takes the folder of all builds, the name of the new build, and the names of other builds to keep. */
    public static void main(String[] arguments) throws IOException {
        List<String> kept = List.of(arguments).subList(1, arguments.length);
        BuildCleanup cleanup = new BuildCleanup(Path.of(arguments[0]), System.out);
        cleanup.removeUnusedLibraries(kept.get(0));
        cleanup.removeUnusedBuilds(Set.copyOf(kept));
    }

    /** Removes libraries that came from the previous build and are no longer on the class path. */
    private void removeUnusedLibraries(String build) throws IOException {
        Path folder = builds.resolve(build);
        Set<Path> used = new HashSet<>();
        for (Path jar : list(folder)) {
            if (jar.toString().endsWith(".jar")) {
                try (JarFile opened = new JarFile(jar.toFile())) {
                    Attributes manifest = opened.getManifest().getMainAttributes();
                    String classPath = manifest.getValue(Attributes.Name.CLASS_PATH);
                    Stream.of(classPath.split(" ")).map(folder::resolve).forEach(used::add);
                }
            }
        }
        for (Path library : list(folder.resolve("lib"))) {
            if (!used.contains(library)) {
                Files.delete(library);
            }
        }
    }

    private void removeUnusedBuilds(Set<String> kept) throws IOException {
        for (Path build : list(builds)) {
            if (!kept.contains(build.getFileName().toString())) {
                try {
                    removeUnlessInUse(build);
                } catch (IOException e) {
                    log.println("Could not remove " + build + ": " + e);
                }
            }
        }
    }

    private void removeUnlessInUse(Path build) throws IOException {
        Path inUse = build.resolve(BuildFolder.IN_USE);
        try (FileChannel channel = FileChannel.open(inUse, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                log.println("A process still runs from " + build + ".");
                return;
            }
            for (Path file : tree(build)) {
                if (!file.equals(build) && !file.equals(inUse)) { // Windows deletes no folder with an open file
                    Files.delete(file);
                }
            }
        } catch (NoSuchFileException e) {
            // The build was interrupted, or an earlier removal of it.
        }
        for (Path file : tree(build)) {
            Files.delete(file);
        }
    }

    /** Lists a folder and everything in it, each folder after its contents. */
    private static List<Path> tree(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.sorted(Comparator.reverseOrder()).toList();
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
