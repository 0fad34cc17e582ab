package dev.jzoo.zoo.file;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A SHA-256 digest (FIPS 180-4).
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Sha256(@JsonValue String hex) {

    /** Converts upper-case digits to lower case. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Sha256 {
        hex = hex.toLowerCase(Locale.ROOT);
        if (!hex.matches("[0-9a-f]{64}")) {
            String shown = hex.length() > 80 ? hex.substring(0, 80) + "..." : hex;
            throw new IllegalArgumentException("A SHA-256 digest has 64 hexadecimal digits, not '" + shown + "'.");
        }
    }

    /** Returns the digest of an array. */
    public static Sha256 of(byte[] bytes) {
        return finish(newDigest().digest(bytes));
    }

    /** Returns the digest of a file's bytes. */
    public static Sha256 of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in);
        }
    }

    /** Returns the digest of a stream's remaining bytes. The stream stays open. */
    public static Sha256 of(InputStream in) throws IOException {
        DigestInputStream digesting = new DigestInputStream(in, newDigest());
        byte[] buffer = new byte[1 << 16];
        while (digesting.read(buffer) >= 0) {
            // reading updates the digest
        }
        return finish(digesting.getMessageDigest().digest());
    }

    /** Returns a digest to update with bytes. Pass its result to {@link #finish(byte[])}. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256.", e);
        }
    }

    public static Sha256 finish(byte[] digest) {
        return new Sha256(HexFormat.of().formatHex(digest));
    }

    @Override
    public String toString() {
        return hex;
    }
}
