package dev.jzoo.export.dl4j.saved;

import java.io.IOException;

/** A saved network is not read; the message says what was found, and the file is named by who opened it. */
final class NetworkFormatException extends IOException {

    private static final long serialVersionUID = 1;

    NetworkFormatException(String message) {
        super(message);
    }
}
