package dev.jzoo.zoo.cache;

import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.file.Sha256;
import java.nio.file.Path;

/**
 * A file in the cache.
 *
 * @param path where it lies below the home, names joined by '/': "data/mnist/train-images-idx3-ubyte"
 * @param file the file
 * @param bytes its size now
 * @param sha256 the digest that it had when it was fetched and checked; {@link Store#verify} compares
 */
public record CachedFile(String path, Path file, long bytes, Sha256 sha256) {}
