package dev.jzoo.zoo.error;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A failure to read a file that breaks its format. The message names the file, the place in it, the expected and the found
 * content.
 */
public class DataFormatException extends IOException {

    /**
     * Creates a failure to read a file.
     *
     * @param file the file, as the user named it
     * @param problem the place in the file, the expected and the found content: "byte 4: expected 60000 images, found 12"
     */
    public DataFormatException(Path file, String problem) {
        this(file.toString(), problem);
    }

    /**
     * Creates a failure to read data that is not in a file of its own.
     *
     * @param source the name of the data: an archive's entry, a model in memory
     * @param problem the place in the data, the expected and the found content
     */
    public DataFormatException(String source, String problem) {
        super(source + ": " + problem);
    }
}
