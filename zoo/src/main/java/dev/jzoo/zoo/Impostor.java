package dev.jzoo.zoo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Recognises what servers and clones give in place of a file, so that a wrong digest can be explained. */
final class Impostor {

    /** How many of the first bytes are looked at. */
    static final int HEAD = 512;

    private Impostor() {}

    /** The first bytes of a file. */
    static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        }
    }

    /** " It is ..., do ...": what the beginning of a file shows it to be; empty for anything else. */
    static String explain(byte[] head) {
        String text =
                new String(head, StandardCharsets.UTF_8).replace("\ufeff", "").stripLeading();
        String lower = text.toLowerCase(Locale.ROOT);
        if (text.startsWith("version https://git-lfs.github.com/spec/")) {
            return " It is a Git LFS pointer, the note that Git keeps in place of a large file: run 'git lfs pull' where"
                    + " it lies, or use the address of the file itself.";
        }
        if (lower.startsWith("<!doctype html") || lower.startsWith("<html") || lower.startsWith("<head")) {
            return " It is an HTML page, as servers send for errors, logins and previews: open the address in a browser"
                    + " to see what it says.";
        }
        return "";
    }
}
