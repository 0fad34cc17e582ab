package dev.jzoo.finetune;

import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder that is filled under a temporary name and gets its own name in one step. Closing it without {@link
 * #commit()} deletes it; so does the end of the process. The next run deletes what a killed process left.
 */
final class StagedFolder implements AutoCloseable {

    private static final Pattern PROCESS = Pattern.compile("\\..+\\.(\\d{1,18})\\.staged");

    private final Path folder;
    private final Path staging;
    private final Thread cleaning = new Thread(this::deleteQuietly, "jzoo-staging");

    private StagedFolder(Path folder, Path staging) {
        this.folder = folder;
        this.staging = staging;
    }

    /**
     * Checks that a folder can be created, without creating anything.
     *
     * @throws JZooException FAILED if its nearest existing parent is not a folder or cannot be written
     */
    static void requirePlace(Path folder) {
        Path parent = folder.toAbsolutePath().getParent();
        while (parent != null && !Files.exists(parent)) {
            parent = parent.getParent();
        }
        if (parent == null || !Files.isDirectory(parent) || !Files.isWritable(parent)) {
            throw new JZooException(
                    JZooException.Code.FAILED,
                    "Cannot create the folder " + folder + " for the run: " + parent
                            + (parent != null && Files.isDirectory(parent)
                                    ? " cannot be written."
                                    : " is not a folder."),
                    "Choose another folder for the run.");
        }
    }

    /** Creates a folder that will get this path. Fails with FileAlreadyExistsException if the path exists. */
    static StagedFolder of(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        if (Files.exists(absolute)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
        Files.createDirectories(absolute.getParent());
        sweep(absolute.getParent());
        Path staging = absolute.resolveSibling(
                "." + folder.getFileName() + "." + ProcessHandle.current().pid() + ".staged");
        delete(staging);
        StagedFolder staged = new StagedFolder(absolute, Files.createDirectory(staging));
        Runtime.getRuntime().addShutdownHook(staged.cleaning);
        return staged;
    }

    /** Returns the folder to write to. */
    Path path() {
        return staging;
    }

    /** Renames the folder to its final path. */
    void commit() throws IOException {
        Files.move(staging, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(cleaning);
        } catch (IllegalStateException e) {
            return; // the process is ending, and the hook cleans up
        }
        delete(staging);
    }

    private void deleteQuietly() {
        try {
            delete(staging);
        } catch (IOException | UncheckedIOException e) {
            return; // the next run sweeps it
        }
    }

    private static void sweep(Path parent) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, ".*.staged")) {
            for (Path path : left) {
                Matcher process = PROCESS.matcher(path.getFileName().toString());
                if (process.matches()
                        && ProcessHandle.of(Long.parseLong(process.group(1))).isEmpty()) {
                    delete(path);
                }
            }
        }
    }

    /** Deletes a folder with all that is in it, if it is there. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> tree = Files.walk(folder)) {
            files = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
