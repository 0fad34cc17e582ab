package dev.jzoo.zoo.file;

import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Short text files that others may have put where we look: only regular files are opened, and only so much is read. */
public final class PlainText {

    private PlainText() {}

    /**
     * Reads a UTF-8 text. A pipe or a device in the place of a file is refused without being opened, since it may never end.
     *
     * @param longest number of bytes that the file may have
     */
    public static String read(Path file, int longest) throws IOException {
        try (InputStream in = open(file)) {
            return read(file.toString(), in, longest);
        }
    }

    /**
     * Reads a UTF-8 text from a stream, which stays open.
     *
     * @param source what the text is, for the message
     */
    public static String read(String source, InputStream in, int longest) throws IOException {
        byte[] bytes = in.readNBytes(longest + 1);
        if (bytes.length > longest) {
            throw new DataFormatException(source, "expected at most " + longest + " bytes, found more");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Opens a regular file. Fails with NoSuchFileException where there is nothing, or says that it is something else. */
    public static InputStream open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw Files.exists(file)
                    ? new FileSystemException(file.toString(), null, "it is not a regular file")
                    : new NoSuchFileException(file.toString());
        }
        return Files.newInputStream(file);
    }
}
