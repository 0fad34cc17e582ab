package dev.jzoo.zoo;

import java.io.IOException;

/** A server answers, and will not give this to whoever asked. The message is the end of a sentence that names the place. */
final class DeniedException extends IOException {
    DeniedException(String problem) {
        super(problem);
    }
}
