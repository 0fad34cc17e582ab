package dev.jzoo.zoo.download;

import dev.jzoo.zoo.file.FileKind;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** A check of a fetched file whose size and SHA-256 were not known in advance. */
@FunctionalInterface
public interface FileCheck {

    /** A check that rejects files that are obviously something else: empty files, web pages, Git LFS pointers. */
    FileCheck NO_SUBSTITUTE = (file, sha256) -> {
        byte[] head = FileKind.head(file);
        if (head.length == 0) {
            throw new ContentMismatchException("is empty.");
        }
        if (!FileKind.advice(head).isEmpty()) {
            throw new ContentMismatchException("is not the file." + FileKind.advice(head));
        }
    };

    /** A check that rejects files of a known kind other than a model, such as JSON with an error. */
    FileCheck PERHAPS_A_MODEL = (file, sha256) -> {
        NO_SUBSTITUTE.require(file, sha256);
        Optional<String> kind = FileKind.recognise(FileKind.head(file));
        if (kind.isPresent()) {
            throw new ContentMismatchException("is not a model: found " + kind.get() + ".");
        }
    };

    /** Returns a check for a size and a digest. */
    static FileCheck content(long bytes, Sha256 expected) {
        return (file, sha256) -> {
            NO_SUBSTITUTE.require(file, sha256);
            require("size", Long.toString(bytes), Long.toString(Files.size(file)));
            require("SHA-256", expected.hex(), sha256.hex());
        };
    }

    /**
     * Checks a file. Fails with ContentMismatchException if it is not the expected one.
     *
     * @param sha256 the file's digest
     */
    void require(Path file, Sha256 sha256) throws IOException;

    static FileCheck sha256(Sha256 expected) {
        return (file, sha256) -> {
            NO_SUBSTITUTE.require(file, sha256);
            require("SHA-256", expected.hex(), sha256.hex());
        };
    }

    static FileCheck sha1(String expected) {
        if (!expected.matches("[0-9a-fA-F]{40}")) {
            throw new IllegalArgumentException("A SHA-1 digest has 40 hexadecimal digits.");
        }
        return (file, sha256) -> require("SHA-1", expected, sha1(file));
    }

    /** Returns a check for the digest that Git computes for the content of a file. */
    static FileCheck gitBlob(String expected) {
        return (file, sha256) -> {
            byte[] header = ("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII);
            require("Git SHA-1", expected, sha1(file, header));
        };
    }

    private static void require(String name, String expected, String found) throws ContentMismatchException {
        if (!found.equals(expected.toLowerCase(Locale.ROOT))) {
            throw new ContentMismatchException("has the " + name + " " + found + ", expected " + expected + ".");
        }
    }

    /** Returns the SHA-1 of a file in hexadecimal digits, which Maven and Git still use. */
    static String sha1(Path file) throws IOException {
        return sha1(file, new byte[0]);
    }

    private static String sha1(Path file, byte[] before) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-1.", e);
        }
        digest.update(before);
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
