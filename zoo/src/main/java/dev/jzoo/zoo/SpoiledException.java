package dev.jzoo.zoo;

import java.io.IOException;

/** A place gave bytes, and they are not the wanted ones. The message is the end of a sentence that names the place. */
final class SpoiledException extends IOException {
    SpoiledException(String problem) {
        super(problem);
    }
}
