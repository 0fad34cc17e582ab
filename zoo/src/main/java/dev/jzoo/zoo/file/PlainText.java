package dev.jzoo.zoo.file;

import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A reader for short text files that other users may have written: opens only regular files, and limits their size. */
@Internal
public final class PlainText {

    private PlainText() {}

    /**
     * Reads a UTF-8 text. Rejects a pipe or a device without opening it, because reading it may never end.
     *
     * @param longest the maximum size in bytes
     */
    public static String read(Path file, int longest) throws IOException {
        try (InputStream in = open(file)) {
            return read(file.toString(), in, longest);
        }
    }

    /**
     * Reads a UTF-8 text from a stream, which stays open.
     *
     * @param source the name of the text, for messages
     */
    public static String read(String source, InputStream in, int longest) throws IOException {
        byte[] bytes = in.readNBytes(longest + 1);
        if (bytes.length > longest) {
            throw new DataFormatException(source, "expected at most " + longest + " bytes, found more");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Opens a regular file. Fails with NoSuchFileException if there is no file, and with a message if it is not a regular file. */
    public static InputStream open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw Files.exists(file)
                    ? new FileSystemException(file.toString(), null, "it is not a regular file")
                    : new NoSuchFileException(file.toString());
        }
        return Files.newInputStream(file);
    }
}
