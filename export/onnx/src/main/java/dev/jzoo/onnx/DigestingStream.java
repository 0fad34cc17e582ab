package dev.jzoo.onnx;

import dev.jzoo.zoo.file.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A stream that passes bytes on, counts them and computes their digest. */
final class DigestingStream extends FilterOutputStream {

    private final MessageDigest digest;
    private long count;

    DigestingStream(OutputStream out) {
        super(out);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256.", e);
        }
    }

    @Override
    public void write(int value) throws IOException {
        out.write(value);
        digest.update((byte) value);
        count++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        digest.update(bytes, from, length);
        count += length;
    }

    /** Returns the fingerprint of the bytes written so far. Nothing may be written afterwards. */
    Fingerprint fingerprint(long externalBytes) {
        return new Fingerprint(count, new Sha256(HexFormat.of().formatHex(digest.digest())), externalBytes);
    }
}
