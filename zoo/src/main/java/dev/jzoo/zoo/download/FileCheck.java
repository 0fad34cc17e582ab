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

/** Whether a file that was fetched is the wanted one, where its size and SHA-256 were not known beforehand. */
@FunctionalInterface
public interface FileCheck {

    /** Refuses what is plainly something else: nothing at all, a page, a note of Git. */
    FileCheck NO_SUBSTITUTE = (file, sha256) -> {
        byte[] head = FileKind.head(file);
        if (head.length == 0) {
            throw new ContentMismatchException("is empty.");
        }
        if (!FileKind.advice(head).isEmpty()) {
            throw new ContentMismatchException("is not the file." + FileKind.advice(head));
        }
    };

    /** Refuses what is of another known kind than a model, such as JSON with an error. */
    FileCheck PERHAPS_A_MODEL = (file, sha256) -> {
        NO_SUBSTITUTE.require(file, sha256);
        Optional<String> kind = FileKind.recognise(FileKind.head(file));
        if (kind.isPresent()) {
            throw new ContentMismatchException("is not a model: found " + kind.get() + ".");
        }
    };

    /** Asks for a size and a digest. */
    static FileCheck content(long bytes, Sha256 expected) {
        return (file, sha256) -> {
            NO_SUBSTITUTE.require(file, sha256);
            require("size", Long.toString(bytes), Long.toString(Files.size(file)));
            require("SHA-256", expected.hex(), sha256.hex());
        };
    }

    /**
     * Fails with ContentMismatchException where a file is not the wanted one.
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

    /** The digest by which Git names the content of a file. */
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

    /** The SHA-1 of a file, in hexadecimal digits: Maven and Git still ask for it. */
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
