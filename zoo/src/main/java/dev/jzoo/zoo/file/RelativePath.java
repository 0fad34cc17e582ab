package dev.jzoo.zoo.file;

import java.nio.charset.StandardCharsets;
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

    private static final int LONGEST = 1_000;

    /** What file systems take, less what a temporary name beside it adds. */
    private static final int LONGEST_NAME = 200;

    private RelativePath() {}

    /** The path itself, or IllegalArgumentException that says what is wrong with it. */
    public static String require(String path) {
        if (path.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "A path has at most " + LONGEST + " characters, not " + path.length() + ".");
        }
        for (String name : List.of(path.split("/", -1))) {
            if (name.isEmpty() || DOTS.contains(name)) {
                throw new IllegalArgumentException(
                        "A path is relative, its names joined by '/', without '.' and '..'; '" + path + "' is not.");
            }
            if (name.codePoints().anyMatch(RelativePath::isRefused)) {
                throw new IllegalArgumentException(
                        "A path has no control characters and none of " + REFUSED + "; '" + shown(path) + "' has.");
            }
            if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
                throw new IllegalArgumentException(
                        "A name in a path has at most " + LONGEST_NAME + " bytes; '" + path + "' has more.");
            }
        }
        return path;
    }

    /** Half of a pair of characters names no file, and an address cannot be made of it. */
    private static boolean isRefused(int c) {
        return Character.isISOControl(c) || isHalf(c) || REFUSED.indexOf(c) >= 0;
    }

    private static boolean isHalf(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    private static String shown(String path) {
        return path.codePoints()
                .map(c -> Character.isISOControl(c) || isHalf(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
