package dev.jzoo.cli;

import dev.jzoo.zoo.DataFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Numbers in words and in files of the user, whose cells commas, semicolons or tabs part. */
final class NumbersFile {

    private NumbersFile() {}

    /** A finite number; empty where the text is none. */
    static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.valueOf(text.strip())).filter(Double::isFinite);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The lines of a text file. */
    static List<String> lines(Path file) throws IOException {
        try (Stream<String> read = Files.lines(file)) {
            return read.toList();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw new DataFormatException(file, "expected numbers as text (CSV), found other bytes");
            }
            throw e.getCause();
        }
    }

    /** The cells of a line, without quotes around them. */
    static List<String> cells(String line) {
        return Arrays.stream(line.split("[,;\\t]", -1))
                .map(cell -> cell.strip().replaceAll("^\"(.*)\"$", "$1"))
                .toList();
    }
}
