package dev.jzoo.inference;

/**
 * A check for texts that ONNX Runtime's Java binding passes on unchanged. The binding uses the JVM's modified UTF-8, which
 * encodes NUL and characters beyond U+FFFF differently from UTF-8, so these get lost in both directions.
 */
final class NativeText {

    private NativeText() {}

    /** Returns whether a text arrives unchanged. */
    static boolean isSafe(String text) {
        return text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c));
    }
}
