package dev.jzoo.finetune;

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
 * A folder that is filled under another name and appears under its own in one step. Closing it without {@link #commit()} deletes it,
 * as the end of the process does; what a process that was killed left goes when the next one begins.
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

    /** A folder that shall get this path. Fails with FileAlreadyExistsException where there is something. */
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

    /** Where to write. */
    Path path() {
        return staging;
    }

    /** Gives the folder its path. */
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
