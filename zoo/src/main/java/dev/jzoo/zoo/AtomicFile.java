package dev.jzoo.zoo;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes files that appear whole or not at all, whatever fails or is killed on the way. */
public final class AtomicFile {

    private static final Disk DISK = new Disk("Free some space, make the folder writable, or name another one.");

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Writes a file, in place of one that is there; its folder is created.
     *
     * @throws JZooException FAILED where the folder cannot be written; the old file is still there then
     */
    public static void write(Path file, Content content) throws IOException {
        DISK.createFolders(file.toAbsolutePath().getParent());
        Path temporary = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            try (OutputStream out = new BufferedOutputStream(DISK.create(temporary), 1 << 16)) {
                content.writeTo(out);
            }
            DISK.move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Writes a text file in UTF-8. */
    public static void write(Path file, String text) throws IOException {
        DISK.writeText(file, text);
    }
}
