package dev.jzoo.export.djl;

/** The forward pass read the values of a tensor that depends on the input, so that it may take another way for others. */
final class ValueReadException extends RuntimeException {

    ValueReadException(String method) {
        super(method);
    }
}
