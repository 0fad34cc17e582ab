package dev.jzoo.export.dl4j.saved;

import java.io.IOException;

/**
 * Thrown if a saved network cannot be read. The message says what was found; the caller that opened the file adds its
 * name.
 */
final class NetworkFormatException extends IOException {

    private static final long serialVersionUID = 1;

    NetworkFormatException(String message) {
        super(message);
    }
}
