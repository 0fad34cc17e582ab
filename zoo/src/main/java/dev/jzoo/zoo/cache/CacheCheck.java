package dev.jzoo.zoo.cache;

/**
 * What became of a file in the cache.
 *
 * @param file the file
 * @param problem how it differs from what was fetched; empty if it does not
 */
public record CacheCheck(CachedFile file, String problem) {

    /** Whether the file is what was fetched. */
    public boolean ok() {
        return problem.isEmpty();
    }
}
