package dev.jzoo.cli.console;

import java.io.IOError;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The process's standard output, which ends the command when it cannot be written. With {@link java.io.PrintWriter} alone,
 * the command would exit with 0 or continue computing without a reader. This stream throws an {@link IOError} once, since
 * picocli handles exceptions itself, and discards all later output.
 */
final class ResultStream extends OutputStream {

    private final OutputStream target;
    private boolean lost;

    ResultStream(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (lost) {
            return;
        }
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            lost = true;
            throw new IOError(e);
        }
    }
}
