package dev.jzoo.zoo.error;

import java.io.IOException;
import java.nio.file.Path;

/** A file breaks its format. The message names the file, where in it, what was expected and what was found. */
public class DataFormatException extends IOException {

    /**
     * @param file the file, named as the user gave it
     * @param problem where it is wrong, what was expected and what was found: "byte 4: expected 60000 images, found 12"
     */
    public DataFormatException(Path file, String problem) {
        this(file.toString(), problem);
    }

    /**
     * @param source what was read, where it is no file: an archive's entry, a model in memory
     * @param problem where it is wrong, what was expected and what was found
     */
    public DataFormatException(String source, String problem) {
        super(source + ": " + problem);
    }
}
