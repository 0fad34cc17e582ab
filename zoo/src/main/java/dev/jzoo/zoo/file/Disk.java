package dev.jzoo.zoo.file;

import dev.jzoo.zoo.annotation.Internal;
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
 * A writer to a folder of JZoo. A failure (disk full, read-only, name taken) is a {@link JZooException} with the hint given here:
 * it is not the fault of a mirror, so trying more mirrors would not help.
 *
 * <p>Files are never written through a link. A new file replaces an existing one of that name, so a planted link does not lead
 * the writer to another file. Folders within {@code bounds} must not be links either.
 *
 * @param bounds a folder that other users may write to; empty if there is none
 * @param hint advice for the case that this folder is not writable
 */
@Internal
public record Disk(Optional<Path> bounds, String hint) {

    /** The safety of a closed file's content in a power cut. */
    public enum Durability {
        /** All of it is safe: closing waits for the disk. */
        ON_DISK,
        /** Some of it may be lost. For files that are compared with their digest at each use and can be fetched again. */
        IN_MEMORY
    }

    /** Creates a writer for the user's own folders. */
    public Disk(String hint) {
        this(Optional.empty(), hint);
    }

    /** Returns a writer for a folder in which links are not followed. */
    public static Disk below(Path bounds, String hint) {
        return new Disk(Optional.of(bounds), hint);
    }

    /** An operation that writes and may fail. */
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

    /** Creates the folder of a file. */
    public void createFolderOf(Path file) {
        createFolders(folderOf(file));
    }

    /** Returns the folder that a file is in; absolute if the file's path has no folder. */
    public static Path folderOf(Path file) {
        Path folder = file.getParent() == null ? file.toAbsolutePath().getParent() : file.getParent();
        if (folder == null) {
            throw new IllegalArgumentException("'" + file + "' is the root of a file system; expected a file.");
        }
        return folder;
    }

    /** Returns whether a path within the bounds is a link or leads through one; false if there are no bounds. */
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

    /** Returns whether a file is safe to append to: it is not a link and has no second name (hard link) elsewhere. */
    public static boolean isSingle(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        return !file.getFileSystem().supportedFileAttributeViews().contains("unix")
                || Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS)
                        .equals(1);
    }

    /** Moves a file in one step, and replaces an existing one. */
    public void move(Path from, Path to) {
        call(to, () -> {
            requireNoLink(folderOf(to.toAbsolutePath()));
            return Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    /** Writes a text file, which appears complete and in one step. */
    public void writeText(Path file, String text) throws IOException {
        writeText(file, text, Durability.ON_DISK);
    }

    public void writeText(Path file, String text, Durability durability) throws IOException {
        createFolderOf(file.toAbsolutePath());
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

    /** Opens a stream to a new file, which replaces an existing one. */
    public OutputStream create(Path file, Durability durability) {
        return call(file, () -> {
            requireNoLink(folderOf(file.toAbsolutePath()));
            Files.deleteIfExists(file);
            return output(file, StandardOpenOption.CREATE_NEW, durability);
        });
    }

    /** Opens a stream that appends to a file. */
    public OutputStream append(Path file, Durability durability) {
        return call(file, () -> {
            requireNoLink(folderOf(file.toAbsolutePath()));
            return output(file, StandardOpenOption.APPEND, durability);
        });
    }

    /** Deletes a file, or a folder with its content. Deletes a link itself, not its target. */
    public void delete(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            call(file, () -> {
                requireNoLink(folderOf(file.toAbsolutePath()));
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
                return FileVisitResult.CONTINUE; // another process deleted it
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
