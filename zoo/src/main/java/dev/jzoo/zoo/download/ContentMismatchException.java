package dev.jzoo.zoo.download;

import java.io.IOException;

/** A failure of a location that served other bytes than expected. The message is the end of a sentence that names the location. */
public final class ContentMismatchException extends IOException {
    public ContentMismatchException(String problem) {
        super(problem);
    }
}
