package dev.jzoo.datasets;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A text to train on.
 *
 * @param text the text, at least one character
 * @param provenance the origin of the text
 */
public record Corpus(String text, Provenance provenance) {

    public Corpus {
        Objects.requireNonNull(provenance, "provenance");
        if (text.isEmpty()) {
            throw new IllegalArgumentException("The text '" + provenance.name() + "' is empty.");
        }
    }

    /**
     * Reads a user's text file with any content.
     *
     * @param file a file in UTF-8
     * @throws DataFormatException if it is empty or not in UTF-8
     */
    public static Corpus read(Path file) throws IOException {
        String text = decode(file);
        if (text.isEmpty()) {
            throw new DataFormatException(file, "expected a text, found an empty file");
        }
        return new Corpus(
                text, new Provenance("text", file.getFileName().toString(), Sha256.of(file), "A file of the user."));
    }

    public static String decode(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new DataFormatException(file, "expected a text in UTF-8, found other bytes");
        }
    }

    /** Returns the number of characters (UTF-16 units), at least 1. */
    public int size() {
        return text.length();
    }

    /** Returns a description: "shakespeare train: 1003854 characters". */
    @Override
    public String toString() {
        return provenance.name() + ": " + words();
    }

    String words() {
        return size() + " characters";
    }
}
