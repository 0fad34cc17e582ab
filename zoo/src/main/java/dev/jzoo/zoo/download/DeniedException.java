package dev.jzoo.zoo.download;

import java.io.IOException;

/** A refusal by a server that wants a token, or a different one. The message is the end of a sentence that names the location. */
public final class DeniedException extends IOException {
    DeniedException(String problem) {
        super(problem);
    }
}
