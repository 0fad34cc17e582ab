package dev.jzoo.cli.console;

import dev.jzoo.zoo.card.ReadableNumbers;

/** Progress as a line for each large file. */
final class LineProgress implements Progress {

    private final Output output;
    private String last = "";

    LineProgress(Output output) {
        this.output = output;
    }

    @Override
    public void progress(String task, long done, long total) {
        if (total >= WORTH_A_LINE && !task.equals(last)) {
            last = task;
            output.note(task + "  " + ReadableNumbers.bytes(total));
        }
    }

    @Override
    public void close() {}
}
