package dev.jzoo.zoo.file;

import dev.jzoo.zoo.annotation.Internal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * A check of untrusted paths from manifests and mirrors, before they name a file. A valid path is relative, joined by '/', and
 * cannot leave the folder that it is resolved against.
 */
@Internal
public final class RelativePath {

    /** The characters that have a special meaning in some file system or in a URL. */
    private static final String REFUSED = "\\:*?\"<>|%#";

    private static final Set<String> DOTS = Set.of(".", "..");

    private static final int LONGEST = 1_000;

    /** The limit of file systems, less the characters that a temporary name adds. */
    private static final int LONGEST_NAME = 200;

    private RelativePath() {}

    /** Returns the path unchanged. Fails with IllegalArgumentException, which says what is wrong with it. */
    public static String require(String path) {
        if (path.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "A path may have at most " + LONGEST + " characters, not " + path.length() + ".");
        }
        for (String name : List.of(path.split("/", -1))) {
            if (name.isEmpty() || DOTS.contains(name)) {
                throw new IllegalArgumentException(
                        "A path must be relative, joined by '/', without '.' and '..'; '" + path + "' is not.");
            }
            if (name.codePoints().anyMatch(RelativePath::isRefused)) {
                throw new IllegalArgumentException("A path may have no control characters and none of " + REFUSED
                        + "; '" + shown(path) + "'" + " has.");
            }
            if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
                throw new IllegalArgumentException(
                        "A name in a path may have at most " + LONGEST_NAME + " bytes; '" + path + "' has more.");
            }
        }
        return path;
    }

    /** Returns whether a character is not allowed. An unpaired surrogate cannot be part of a file name or an address. */
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
