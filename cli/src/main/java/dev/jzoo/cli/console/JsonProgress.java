package dev.jzoo.cli.console;

import dev.jzoo.zoo.file.Json;

/** Progress as lines of JSON: at the beginning and the end of each file, and every 0.2 seconds between them. */
final class JsonProgress implements Progress {

    private static final long PAUSE_NANOS = 200_000_000;

    private final Output output;
    private String task = "";
    private long firstDone;
    private long begin;
    private long last;

    JsonProgress(Output output) {
        this.output = output;
    }

    /**
     * One line: the progress of a file.
     *
     * @param total -1 while unknown
     * @param bytesPerSecond average since the file began or its download was resumed; 0 at first
     * @param secondsLeft estimate at that rate; -1 while unknown
     */
    private record ProgressLine(String task, long done, long total, long bytesPerSecond, double secondsLeft) {}

    @Override
    public void progress(String name, long done, long total) {
        long now = System.nanoTime();
        boolean begins = !name.equals(task);
        if (begins) {
            task = name;
            begin = now;
            firstDone = done;
        }
        if (!begins && done != total && now - last < PAUSE_NANOS) {
            return;
        }
        last = now;
        double rate = now > begin ? (done - firstDone) / ((now - begin) / 1e9) : 0;
        double left = total < 0 || rate <= 0 ? done == total ? 0 : -1 : (total - done) / rate;
        output.note(Json.compact(new ProgressLine(name, done, total, Math.round(rate), Math.round(left * 10) / 10.0)));
    }

    @Override
    public void close() {}
}
