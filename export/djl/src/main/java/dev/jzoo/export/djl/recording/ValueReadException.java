package dev.jzoo.export.djl.recording;

/** The forward pass read the values of a tensor that depends on the input, so that it may take another way for others. */
public final class ValueReadException extends RuntimeException {

    ValueReadException(String method) {
        super(method);
    }
}
