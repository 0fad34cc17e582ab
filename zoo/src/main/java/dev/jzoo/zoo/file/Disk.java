package dev.jzoo.zoo.file;

import dev.jzoo.zoo.error.IoErrors;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Writes into a folder of ours. Where that fails (full, read-only, in the way) it is no fault of a mirror that more
 * mirrors could mend, so the failure leaves as {@link JZooException} with the hint given here.
 *
 * @param hint what to do when this folder cannot be written
 */
public record Disk(String hint) {

    /** What a power cut leaves of a file that was closed. */
    public enum Durability {
        /** All of it: closing waits for the disk. */
        ON_DISK,
        /** Perhaps not all: for what is compared with its digest whenever it is used, and can be fetched again. */
        IN_MEMORY
    }

    /** Writing that may fail. */
    public interface WriteAction<T> {
        T run() throws IOException;
    }

    public <T> T call(Path file, WriteAction<T> writing) {
        try {
            return writing.run();
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    public void createFolders(Path folder) {
        call(folder, () -> Files.createDirectories(folder));
    }

    /** Moves over whatever file is there, in one step. */
    public void move(Path from, Path to) {
        call(to, () -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
    }

    /** A new text file, there in one step and complete. */
    public void writeText(Path file, String text) throws IOException {
        writeText(file, text, Durability.ON_DISK);
    }

    public void writeText(Path file, String text, Durability durability) throws IOException {
        createFolders(file.toAbsolutePath().getParent());
        Path temporary = AtomicFile.temporary(file);
        try {
            try (OutputStream out = create(temporary, durability)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** A stream to a file, emptied first. */
    public OutputStream create(Path file, Durability durability) {
        return output(file, StandardOpenOption.TRUNCATE_EXISTING, durability);
    }

    /** A stream to the end of a file. */
    public OutputStream append(Path file, Durability durability) {
        return output(file, StandardOpenOption.APPEND, durability);
    }

    /** Deletes a file, or a folder with all that is in it; a link itself, not what it names. */
    public void delete(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            call(file, () -> Files.walkFileTree(file, DELETE));
        }
    }

    private OutputStream output(Path file, StandardOpenOption mode, Durability durability) {
        return call(
                file,
                () -> new DiskOutput(
                        this,
                        file,
                        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode),
                        durability));
    }

    private JZooException failure(Path file, IOException cause) {
        return new JZooException(
                JZooException.Code.FAILED,
                "'" + file + "' could not be written: " + IoErrors.of(cause) + ".",
                hint,
                cause);
    }

    private static final SimpleFileVisitor<Path> DELETE = new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    };
}
