package dev.jzoo.zoo.file;

import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.error.JZooException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that is complete on the disk but not yet visible under its name. {@link #commit()} makes it visible in one step, or not
 * at all, whatever fails or is killed. Closing it without a commit deletes it.
 */
@Internal
public final class AtomicFile implements AutoCloseable {

    private static final Disk DISK = new Disk("Free some space, make the folder writable, or name another one.");

    private static final Pattern PROCESS = Pattern.compile("\\.(.+)\\.(\\d{1,18})(?:-\\d{1,18})?\\.tmp");

    private static final AtomicLong WRITERS = new AtomicLong();

    /** A writer of a file's content. */
    @FunctionalInterface
    public interface ContentWriter {
        void writeTo(OutputStream out) throws IOException;
    }

    private final Path file;
    private final Path temporary;

    private AtomicFile(Path file) {
        this.file = file;
        this.temporary = temporary(file);
    }

    /**
     * Returns a temporary path next to the file, so that the file can be moved in one step. The name has the process id, for
     * {@link #sweep}, and a number for each writer, so that two threads do not share it.
     */
    static Path temporary(Path file) {
        return file.resolveSibling("." + file.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + WRITERS.incrementAndGet() + ".tmp");
    }

    /** Deletes the temporary files that killed processes left in a folder. Does nothing if there is no folder. */
    public static void sweep(Path folder) throws IOException {
        sweep(folder, name -> true);
    }

    /**
     * Deletes the temporary files of some files, like {@link #sweep(Path)}.
     *
     * @param names tests the names of the files that were being written
     */
    public static void sweep(Path folder, Predicate<String> names) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, ".*.tmp")) {
            for (Path file : unfinished) {
                Matcher process = PROCESS.matcher(file.getFileName().toString());
                if (process.matches()
                        && names.test(process.group(1))
                        && ProcessHandle.of(Long.parseLong(process.group(2))).isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /**
     * Writes the content of a file, and waits until it is on the disk. Creates the folder if needed. An existing file of that
     * name stays unchanged until {@link #commit()}.
     *
     * @throws JZooException FAILED if the folder cannot be written
     */
    public static AtomicFile prepare(Path file, ContentWriter content) throws IOException {
        DISK.createFolderOf(file.toAbsolutePath());
        AtomicFile prepared = new AtomicFile(file);
        try (OutputStream out =
                new BufferedOutputStream(DISK.create(prepared.temporary, Disk.Durability.ON_DISK), 1 << 16)) {
            content.writeTo(out);
        } catch (IOException | RuntimeException | Error e) {
            prepared.close();
            throw e;
        }
        return prepared;
    }

    /**
     * Writes a file, and replaces an existing one. Creates the folder if needed.
     *
     * @throws JZooException FAILED if the folder cannot be written; the old file stays unchanged then
     */
    public static void write(Path file, ContentWriter content) throws IOException {
        try (AtomicFile prepared = prepare(file, content)) {
            prepared.commit();
        }
    }

    /**
     * Moves the file to its name, and replaces an existing one.
     *
     * @throws JZooException FAILED if that is not possible; the old file stays unchanged then
     */
    public void commit() {
        DISK.move(temporary, file);
    }

    /** Deletes the file if it was not committed. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(temporary);
    }

    /** Writes a text file in UTF-8. */
    public static void write(Path file, String text) throws IOException {
        DISK.writeText(file, text);
    }
}
