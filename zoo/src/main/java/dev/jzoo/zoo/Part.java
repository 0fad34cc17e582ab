package dev.jzoo.zoo;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A download that is not complete, and beside it what tells whether the server still has the same file.
 *
 * @param bytes the bytes so far
 * @param state {@link Origin} as JSON
 */
record Part(Path bytes, Path state, Disk disk) {

    /**
     * What a download came from.
     *
     * @param validator the strong ETag, else the Last-Modified date; empty if the server gave neither
     * @param total size of the whole file, -1 if the server did not say
     */
    record Origin(String uri, String validator, long total) {}

    /** How many bytes can be kept when this address is asked again, and by which validator. */
    record Resume(long bytes, String validator, long total) {
        boolean possible() {
            return bytes > 0;
        }

        boolean complete() {
            return bytes > 0 && bytes == total;
        }
    }

    private static final Resume ANEW = new Resume(0, "", -1);

    Resume resume(URI uri) throws IOException {
        if (!Files.isRegularFile(bytes) || !Files.isRegularFile(state)) {
            return ANEW;
        }
        Origin origin;
        try {
            origin = Json.read(state, Origin.class);
        } catch (DataFormatException e) {
            return ANEW; // half-written when the process was killed
        }
        boolean same =
                origin.uri().equals(uri.toString()) && !origin.validator().isEmpty();
        return same ? new Resume(Files.size(bytes), origin.validator(), origin.total()) : ANEW;
    }

    /** Begins again from the first byte. */
    OutputStream begin(Origin origin) throws IOException {
        delete();
        disk.writeText(state, Json.compact(origin));
        return disk.create(bytes);
    }

    OutputStream proceed() {
        return disk.append(bytes);
    }

    /** A file beside this one for the decoded content. */
    Path content() {
        return bytes.resolveSibling(bytes.getFileName().toString().replace(".part", ".content"));
    }

    void delete() {
        disk.delete(state);
        disk.delete(bytes);
        disk.delete(content());
    }
}
