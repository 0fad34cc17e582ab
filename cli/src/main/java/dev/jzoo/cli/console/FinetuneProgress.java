package dev.jzoo.cli.console;

import dev.jzoo.finetune.TransferListener;
import dev.jzoo.zoo.card.ReadableNumbers;

/** The progress of fine-tuning: a line for each stage, with a bar on a terminal or a line every ten seconds elsewhere. */
public final class FinetuneProgress implements TransferListener, AutoCloseable {

    private static final long QUIET_NANOS = 10_000_000_000L;

    private final Output output;
    private final ExitGate gate;
    private LiveBar bar = LiveBar.NONE;
    private String stage = "";
    private long begin;
    private long shown;

    /** @param gate the gate that the work passes after each step */
    public FinetuneProgress(Output output, ExitGate gate) {
        this.output = output;
        this.gate = gate;
    }

    @Override
    public synchronized void stage(String what) {
        close();
        if (!what.equals(stage)) { // two rounds of a search may have the same name
            output.note(what + " ...");
        }
        stage = what;
    }

    @Override
    public void progress(long done, long total) {
        gate.pass();
        show(done, total);
    }

    private synchronized void show(long done, long total) {
        long now = System.nanoTime();
        if (done == 0) {
            close();
            begin = now;
            shown = now;
            return;
        }
        boolean watched = output.host().watched(Host.ConsoleStream.ERR);
        if (watched && bar == LiveBar.NONE && done < total) {
            bar = LiveBar.examples(output.host(), stage, total);
        }
        bar.stepTo(done);
        if (!watched && done < total && now - shown > QUIET_NANOS) {
            shown = now;
            double left = (now - begin) / 1e9 / done * (total - done);
            output.note("  " + done + " of " + total + ", " + ReadableNumbers.seconds(left) + " left");
        }
        if (done == total) {
            close();
        }
    }

    @Override
    public synchronized void note(String sentence) {
        if (bar == LiveBar.NONE) {
            output.note(sentence);
        } else {
            bar.above(sentence);
        }
    }

    @Override
    public synchronized void close() {
        bar.close();
        bar = LiveBar.NONE;
    }
}
