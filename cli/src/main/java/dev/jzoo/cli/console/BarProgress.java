package dev.jzoo.cli.console;

/** A progress bar for the current file. */
final class BarProgress implements Progress {

    private final Host host;
    private String task = "";
    private LiveBar bar;

    BarProgress(Host host) {
        this.host = host;
        this.bar = LiveBar.NONE;
    }

    @Override
    public void progress(String name, long done, long total) {
        if (total >= 0 && total < WORTH_A_LINE) {
            return;
        }
        if (!name.equals(task)) {
            bar.close();
            task = name;
            bar = LiveBar.bytes(host, name, total);
        }
        bar.stepTo(done);
        if (done == total) {
            close();
        }
    }

    @Override
    public void close() {
        bar.close();
        bar = LiveBar.NONE;
    }
}
