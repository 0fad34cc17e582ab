package dev.jzoo.zoo.file;

import dev.jzoo.zoo.error.IoErrors;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Writes into a folder of ours. Where that fails (full, read-only, in the way) it is no fault of a mirror that more
 * mirrors could mend, so the failure leaves as {@link JZooException} with the hint given here.
 *
 * <p>No file is written through a link, and a file that is begun anew replaces what had its name, so that a link that somebody planted
 * there does not lead to another file. Below {@code bounds}, folders are no links either.
 *
 * @param bounds a folder in which others may plant something; empty where no such folder is written to
 * @param hint what to do when this folder cannot be written
 */
public record Disk(Optional<Path> bounds, String hint) {

    /** What a power cut leaves of a file that was closed. */
    public enum Durability {
        /** All of it: closing waits for the disk. */
        ON_DISK,
        /** Perhaps not all: for what is compared with its digest whenever it is used, and can be fetched again. */
        IN_MEMORY
    }

    /** Writes into folders that are the user's own. */
    public Disk(String hint) {
        this(Optional.empty(), hint);
    }

    /** Writes below a folder, in which no link is followed. */
    public static Disk below(Path bounds, String hint) {
        return new Disk(Optional.of(bounds), hint);
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
        call(folder, () -> {
            requireNoLink(folder);
            return Files.createDirectories(folder);
        });
    }

    /** Whether a path below the bounds leads through a link, or is one; false where there are no bounds. */
    public boolean isThroughLink(Path path) {
        return linkOn(path).isPresent();
    }

    private Optional<Path> linkOn(Path path) {
        for (Path p = path;
                bounds.isPresent() && p != null && !p.equals(bounds.get()) && p.startsWith(bounds.get());
                p = p.getParent()) {
            if (Files.isSymbolicLink(p)) {
                return Optional.of(p);
            }
        }
        return Optional.empty();
    }

    private void requireNoLink(Path path) throws FileSystemException {
        Optional<Path> link = linkOn(path);
        if (link.isPresent()) {
            throw new FileSystemException(
                    path.toString(), null, "'" + link.get() + "' is a link, which is not followed here");
        }
    }

    /** Whether a file can be written on: no link, and no second name of a file that lies elsewhere. */
    public static boolean isSingle(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        return !file.getFileSystem().supportedFileAttributeViews().contains("unix")
                || Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS)
                        .equals(1);
    }

    /** Moves over whatever file is there, in one step. */
    public void move(Path from, Path to) {
        call(to, () -> {
            requireNoLink(to.toAbsolutePath().getParent());
            return Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
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

    /** A stream to a new file, in place of one of that name. */
    public OutputStream create(Path file, Durability durability) {
        return call(file, () -> {
            requireNoLink(file.toAbsolutePath().getParent());
            Files.deleteIfExists(file);
            return output(file, StandardOpenOption.CREATE_NEW, durability);
        });
    }

    /** A stream to the end of a file. */
    public OutputStream append(Path file, Durability durability) {
        return call(file, () -> {
            requireNoLink(file.toAbsolutePath().getParent());
            return output(file, StandardOpenOption.APPEND, durability);
        });
    }

    /** Deletes a file, or a folder with all that is in it; a link itself, not what it names. */
    public void delete(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            call(file, () -> {
                requireNoLink(file.toAbsolutePath().getParent());
                return Files.walkFileTree(file, DELETE);
            });
        }
    }

    private OutputStream output(Path file, StandardOpenOption mode, Durability durability) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, mode, LinkOption.NOFOLLOW_LINKS);
        return new DiskOutput(this, file, channel, durability);
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
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE; // somebody else deleted it
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    };
}
