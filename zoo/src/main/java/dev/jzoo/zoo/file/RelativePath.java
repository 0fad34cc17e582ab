package dev.jzoo.zoo.file;

import java.util.List;
import java.util.Set;

/**
 * A path that comes from outside, a manifest or a mirror, before it may name a file: relative, with '/', and unable to
 * leave the folder that it is resolved against.
 */
public final class RelativePath {

    /** Characters that some file system, or a URL, takes for something else. */
    private static final String REFUSED = "\\:*?\"<>|%#";

    private static final Set<String> DOTS = Set.of(".", "..");

    private RelativePath() {}

    /** The path itself, or IllegalArgumentException that says what is wrong with it. */
    public static String require(String path) {
        for (String name : List.of(path.split("/", -1))) {
            if (name.isEmpty() || DOTS.contains(name)) {
                throw new IllegalArgumentException(
                        "A path is relative, its names joined by '/', without '.' and '..'; '" + path + "' is not.");
            }
            if (name.chars().anyMatch(c -> c < ' ' || c == 127 || REFUSED.indexOf(c) >= 0)) {
                throw new IllegalArgumentException("A path has no control characters and none of " + REFUSED + "; '"
                        + path.replaceAll("\\p{Cntrl}", "?") + "' has.");
            }
        }
        return path;
    }
}
