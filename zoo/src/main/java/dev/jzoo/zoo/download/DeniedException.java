package dev.jzoo.zoo.download;

import java.io.IOException;

/** A server answers, and will not give this to whoever asked. The message is the end of a sentence that names the place. */
public final class DeniedException extends IOException {
    DeniedException(String problem) {
        super(problem);
    }
}
