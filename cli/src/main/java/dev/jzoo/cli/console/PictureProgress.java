package dev.jzoo.cli.console;

import dev.jzoo.zoo.ProgressListener;

/** The number of pictures processed so far: a bar on a terminal, or a line for every thousand elsewhere. */
public final class PictureProgress implements ProgressListener, AutoCloseable {

    private static final int A_LINE = 1000;

    private final Output output;
    private LiveBar bar = LiveBar.NONE;

    public PictureProgress(Output output) {
        this.output = output;
    }

    @Override
    public void progress(String task, long done, long total) {
        if (output.host().watched(Host.ConsoleStream.ERR)) {
            if (done == 0) {
                bar = LiveBar.examples(output.host(), task, total);
            }
            bar.stepTo(done);
        } else if (done > 0 && done < total && done % A_LINE == 0) {
            output.note(task + "  " + done + " of " + total);
        }
    }

    @Override
    public void close() {
        bar.close();
    }
}
