package dev.jzoo.zoo.cache;

/**
 * The result of checking a file in the cache.
 *
 * @param file the file
 * @param problem how the file differs from the fetched one; empty if it is intact
 */
public record CacheCheck(CachedFile file, String problem) {

    /** Returns whether the file is intact. */
    public boolean ok() {
        return problem.isEmpty();
    }
}
