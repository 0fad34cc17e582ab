package dev.jzoo.zoo.download;

import dev.jzoo.zoo.file.RelativePath;
import dev.jzoo.zoo.file.Sha256;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * A file that can be fetched, and how to know that it is the right one.
 *
 * @param path where it lies in a mirror and in the cache: relative, names joined by '/',
 *     "mnist/train-images-idx3-ubyte.gz"; the cache drops the ".gz" of what it has decompressed
 * @param sources the public addresses (http, https or file) to try after the mirrors, in order; may be empty
 * @param encoding how the file wraps its content, at the mirrors and at the sources
 * @param bytes size of the content after decoding
 * @param sha256 digest of the content after decoding, since mirrors compress anew
 */
public record Resource(String path, List<URI> sources, Encoding encoding, long bytes, Sha256 sha256) {

    /** Fails with IllegalArgumentException where the path could leave the cache, or an address is of another scheme. */
    public Resource {
        RelativePath.require(path);
        sources = List.copyOf(sources);
        sources.forEach(Location::at);
        Objects.requireNonNull(encoding, "encoding");
        Objects.requireNonNull(sha256, "sha256");
        if (bytes < 0) {
            throw new IllegalArgumentException("The size of " + path + " is at least 0 bytes, not " + bytes + ".");
        }
    }
}
