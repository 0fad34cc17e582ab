package dev.jzoo.zoo.download;

import dev.jzoo.zoo.file.FileKind;
import dev.jzoo.zoo.file.Sha256;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.function.LongConsumer;
import java.util.zip.ZipException;

/** A decoder for downloaded bytes. Accepts content only if its size and digest match the resource. */
public final class ContentDecoder {

    private ContentDecoder() {}

    /**
     * Copies the content of an encoded stream. Never writes more than the expected size, however far a compressed stream would
     * expand.
     *
     * @param progress receives the number of content bytes so far
     * @throws ContentMismatchException if the content is not the expected one; discard the output then
     */
    public static void copy(InputStream encoded, Resource expected, OutputStream out, LongConsumer progress)
            throws IOException {
        BufferedInputStream source = new BufferedInputStream(encoded, 1 << 16);
        source.mark(FileKind.HEAD);
        byte[] head = source.readNBytes(FileKind.HEAD);
        source.reset();
        try {
            decode(source, expected, out, progress);
        } catch (ContentMismatchException e) {
            throw new ContentMismatchException(e.getMessage() + FileKind.advice(head));
        } catch (ZipException | EOFException e) {
            throw new ContentMismatchException(
                    "is not an intact gzip file: " + e.getMessage() + "." + FileKind.advice(head));
        }
    }

    private static void decode(InputStream source, Resource expected, OutputStream out, LongConsumer progress)
            throws IOException {
        MessageDigest digest = Sha256.newDigest();
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        InputStream content = expected.encoding().decode(source);
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
            bytes += n;
            if (bytes > expected.bytes()) {
                throw new ContentMismatchException("has more than the expected " + expected.bytes() + " bytes.");
            }
            digest.update(buffer, 0, n);
            out.write(buffer, 0, n);
            progress.accept(bytes);
        }
        require(expected, bytes, Sha256.finish(digest.digest()));
    }

    /**
     * Checks a file that is not encoded and whose digest was computed.
     *
     * @throws ContentMismatchException if the file does not match the resource
     */
    public static void require(Resource expected, Path file, Sha256 found) throws IOException {
        try {
            require(expected, Files.size(file), found);
        } catch (ContentMismatchException e) {
            throw new ContentMismatchException(e.getMessage() + FileKind.advice(FileKind.head(file)));
        }
    }

    private static void require(Resource expected, long bytes, Sha256 found) throws ContentMismatchException {
        if (bytes != expected.bytes()) {
            throw new ContentMismatchException("has " + bytes + " bytes, expected " + expected.bytes() + ".");
        }
        if (!found.equals(expected.sha256())) {
            throw new ContentMismatchException("has the SHA-256 " + found + ", expected " + expected.sha256() + ".");
        }
    }
}
