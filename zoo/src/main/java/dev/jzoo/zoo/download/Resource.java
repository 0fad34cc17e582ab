package dev.jzoo.zoo.download;

import dev.jzoo.zoo.file.RelativePath;
import dev.jzoo.zoo.file.Sha256;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * A file that can be fetched, with its size and digest.
 *
 * @param path its path in a mirror and in the cache: relative, joined by '/', "mnist/train-images-idx3-ubyte.gz"; the cache drops
 *     the ".gz" of a file that it has decompressed
 * @param sources the public addresses (http, https or file) to try after the mirrors, in order; may be empty
 * @param encoding the encoding of the content, at the mirrors and at the sources
 * @param bytes size of the content after decoding
 * @param sha256 digest of the content after decoding, because mirrors may compress it differently
 */
public record Resource(String path, List<URI> sources, Encoding encoding, long bytes, Sha256 sha256) {

    /**
     * Checks the fields. Fails with IllegalArgumentException if the path could leave the cache, or an address has another scheme.
     */
    public Resource {
        RelativePath.require(path);
        sources = List.copyOf(sources);
        sources.forEach(Location::at);
        Objects.requireNonNull(encoding, "encoding");
        Objects.requireNonNull(sha256, "sha256");
        if (bytes < 0) {
            throw new IllegalArgumentException("The size of " + path + " must be 0 bytes or more, not " + bytes + ".");
        }
    }
}
