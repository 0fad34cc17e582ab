package dev.jzoo.cli.console;

import dev.jzoo.training.Epoch;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.card.ReadableNumbers;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The progress of a training run: a line after each epoch, or about 20 lines if there are more epochs, and a bar on a
 * terminal.
 */
public final class TrainingProgress implements TrainingListener, AutoCloseable {

    /** Approximate maximum number of lines. */
    private static final int LINES = 20;

    private final Output output;
    private final Progress downloads;
    private LiveBar bar = LiveBar.NONE;
    private final ExitGate gate;
    private long begin;
    private long examples;
    private boolean ended;

    private TrainingProgress(Output output, ExitGate gate, Progress downloads) {
        this.output = output;
        this.gate = gate;
        this.downloads = downloads;
    }

    /** @param gate the gate that the training passes after each step */
    public static TrainingProgress of(Output output, ExitGate gate) {
        return new TrainingProgress(output, gate, Progress.of(output));
    }

    @Override
    public void step(int epoch, int epochs, long done, long total) {
        gate.pass();
        if (begin == 0) {
            begin = System.nanoTime();
            downloads.close();
            bar = output.host().watched(Host.ConsoleStream.ERR)
                    ? LiveBar.examples(output.host(), "Training", epochs * total)
                    : LiveBar.NONE;
        }
        examples = total;
        bar.stepTo(epoch * total + done);
    }

    @Override
    public void epoch(Epoch epoch, int epochs) {
        int done = epoch.index() + 1;
        int every = (epochs + LINES - 1) / LINES;
        if (done % every == 0 || done == 1 || done == epochs) {
            print(line(epoch, epochs, (System.nanoTime() - begin) / 1e9));
        }
    }

    private String line(Epoch epoch, int epochs, double seconds) {
        int done = epoch.index() + 1;
        int width = Integer.toString(epochs).length();
        String metrics = epoch.metrics().entrySet().stream()
                .map(metric -> "  " + metric.getKey() + " " + ReadableNumbers.number(metric.getValue()))
                .collect(Collectors.joining());
        String pace = String.format(Locale.ROOT, "  %,.0f examples/s", examples / Math.max(epoch.seconds(), 1e-9));
        String left = done == epochs ? "" : ", " + ReadableNumbers.seconds(seconds / done * (epochs - done)) + " left";
        return String.format(
                Locale.ROOT,
                "epoch %" + width + "d/%d  loss %s%s%s%s",
                done,
                epochs,
                ReadableNumbers.number(epoch.loss()),
                metrics,
                pace,
                left);
    }

    @Override
    public void stage(String what) {
        close();
        begin = 0;
        print(what + " ...");
    }

    @Override
    public void note(String sentence) {
        print(sentence);
    }

    /** Prints a last line. Anything that the training reports after it is discarded. */
    synchronized void end(String line) {
        print(line);
        ended = true;
    }

    private synchronized void print(String line) {
        if (ended) {
            return;
        }
        if (bar == LiveBar.NONE) {
            output.note(line);
        } else {
            bar.above(line);
        }
    }

    @Override
    public ProgressListener downloads() {
        return downloads;
    }

    @Override
    public void close() {
        bar.close();
        bar = LiveBar.NONE;
        downloads.close();
    }
}
