package dev.jzoo.cli.console;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar at the bottom of the terminal, with rate and remaining time. Lines can be printed above it. */
interface LiveBar extends AutoCloseable {

    /** No bar. */
    LiveBar NONE = new LiveBar() {
        @Override
        public void stepTo(long done) {}

        @Override
        public void above(String line) {}

        @Override
        public void close() {}
    };

    /** Sets the amount that is done. */
    void stepTo(long done);

    /** Prints a line above the bar. */
    void above(String line);

    /** Removes the bar. */
    @Override
    void close();

    /** Returns a bar that counts bytes; total -1 while unknown. */
    static LiveBar bytes(Host host, String task, long total) {
        return new Drawn(
                host,
                new ProgressBarBuilder().setTaskName(PlainWriter.line(task)).setUnit(" MB", 1_000_000),
                total);
    }

    /** Returns a bar that counts examples. */
    static LiveBar examples(Host host, String task, long total) {
        return new Drawn(
                host,
                new ProgressBarBuilder().setTaskName(PlainWriter.line(task)).setUnit(" ex", 1),
                total);
    }

    /** A visible bar. The library draws it from its own thread, so one lock guards everything printed. */
    final class Drawn implements LiveBar {

        private static final String BEGINNING_OF_EMPTY_LINE = "\r\033[K";

        private final Host host;
        private final ProgressBar bar;
        private String drawn = "";

        Drawn(Host host, ProgressBarBuilder builder, long total) {
            this.host = host;
            this.bar = builder.setInitialMax(total)
                    .setStyle(
                            host.coloured(Host.ConsoleStream.ERR)
                                    ? ProgressBarStyle.UNICODE_BLOCK
                                    : ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .showSpeed()
                    .setConsumer(new DelegatingProgressBarConsumer(this::draw, host.columns() - 1))
                    .build();
        }

        private synchronized void draw(String text) {
            drawn = text.strip();
            print(BEGINNING_OF_EMPTY_LINE + drawn);
        }

        @Override
        public void stepTo(long done) {
            bar.stepTo(done);
        }

        @Override
        public synchronized void above(String line) {
            print(BEGINNING_OF_EMPTY_LINE + PlainWriter.text(line) + System.lineSeparator() + drawn);
        }

        @Override
        public void close() {
            bar.close();
            synchronized (this) {
                drawn = "";
                print(BEGINNING_OF_EMPTY_LINE);
            }
        }

        private void print(String text) {
            host.terminal(Host.ConsoleStream.ERR).print(text);
            host.terminal(Host.ConsoleStream.ERR).flush();
        }
    }
}
