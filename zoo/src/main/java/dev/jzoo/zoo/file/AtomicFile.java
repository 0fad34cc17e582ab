package dev.jzoo.zoo.file;

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
 * A file that is whole on the disk, but not yet under its name: it appears with {@link #commit()}, in one step, or not at all,
 * whatever fails or is killed on the way. Closing it without that deletes it.
 */
public final class AtomicFile implements AutoCloseable {

    private static final Disk DISK = new Disk("Free some space, make the folder writable, or name another one.");

    private static final Pattern PROCESS = Pattern.compile("\\.(.+)\\.(\\d{1,18})(?:-\\d{1,18})?\\.tmp");

    private static final AtomicLong WRITERS = new AtomicLong();

    /** Writes the content of a file. */
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
     * Beside the file, so that it can be moved there in one step; with the process's number, for {@link #sweep}, and another for each
     * writer, so that two threads do not share it.
     */
    static Path temporary(Path file) {
        return file.resolveSibling("." + file.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + WRITERS.incrementAndGet() + ".tmp");
    }

    /** Deletes what processes that were killed left unfinished in a folder, if it is there. */
    public static void sweep(Path folder) throws IOException {
        sweep(folder, name -> true);
    }

    /**
     * As {@link #sweep(Path)}, of some files.
     *
     * @param names of the files that were being written
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
     * Writes what a file shall hold, and waits until the disk has it; the folder is created. A file of that name stays as it is
     * until {@link #commit()}.
     *
     * @throws JZooException FAILED where the folder cannot be written
     */
    public static AtomicFile prepare(Path file, ContentWriter content) throws IOException {
        DISK.createFolders(file.toAbsolutePath().getParent());
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
     * Writes a file, in place of one that is there; its folder is created.
     *
     * @throws JZooException FAILED where the folder cannot be written; the old file is still there then
     */
    public static void write(Path file, ContentWriter content) throws IOException {
        try (AtomicFile prepared = prepare(file, content)) {
            prepared.commit();
        }
    }

    /**
     * Gives the file its name, in place of one that is there.
     *
     * @throws JZooException FAILED where that is not possible; the old file is still there then
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
