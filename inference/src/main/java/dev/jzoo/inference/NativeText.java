package dev.jzoo.inference;

/**
 * Texts on their way through ONNX Runtime's Java binding, which speaks the JVM's modified UTF-8: characters beyond U+FFFF and
 * NUL are spelt otherwise than in UTF-8, and get lost in either direction.
 */
final class NativeText {

    private NativeText() {}

    /** Whether a text arrives as it is. */
    static boolean isSafe(String text) {
        return text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c));
    }
}
