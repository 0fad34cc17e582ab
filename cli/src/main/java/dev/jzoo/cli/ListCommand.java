package dev.jzoo.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code jzoo list}. */
@Command(
        name = "list",
        description = {
            "List the models of the zoo.",
            "They are included with JZoo, available on mirrors, or were pulled before."
        },
        footer = {"  jzoo list", "  jzoo list --json"})
final class ListCommand implements Callable<Integer> {

    private final JzooCommand jzoo;

    ListCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    @Override
    public Integer call() {
        ModelRow.print(jzoo.output(), jzoo.zoo().list());
        return 0;
    }
}
