package dev.jzoo.zoo.download;

import java.io.IOException;

/** A place gave bytes, and they are not the wanted ones. The message is the end of a sentence that names the place. */
public final class ContentMismatchException extends IOException {
    public ContentMismatchException(String problem) {
        super(problem);
    }
}
