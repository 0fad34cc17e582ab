package dev.jzoo.zoo.cache;

import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.file.Sha256;
import java.nio.file.Path;

/**
 * A file in the cache.
 *
 * @param path its path in the cache, joined by '/': "data/mnist/train-images-idx3-ubyte"
 * @param file the file
 * @param bytes its current size
 * @param sha256 its digest when it was fetched and checked; {@link Store#verify} compares the file with it
 */
public record CachedFile(String path, Path file, long bytes, Sha256 sha256) {}
