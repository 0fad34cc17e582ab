package dev.jzoo.cli;

import dev.jzoo.zoo.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jzoo search}. */
@Command(
        name = "search",
        description = {
            "Find models by words.",
            "Lists the models that have all of the words in their name, title, summary, task, tags, labels or"
                    + " data."
        },
        footer = {"  jzoo search digits", "  jzoo search time series"})
final class SearchCommand implements Callable<Integer> {

    private final JzooCommand jzoo;

    @Parameters(paramLabel = "WORD", arity = "1..*", description = "Words to search for. Case is ignored.")
    private List<String> words = new ArrayList<>();

    SearchCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    @Override
    public Integer call() {
        List<Listing> found = jzoo.zoo().search(String.join(" ", words));
        ModelRow.print(jzoo.output(), found);
        if (found.isEmpty()) {
            jzoo.output()
                    .note("No model contains all of: " + String.join(", ", words) + ". 'jzoo list' shows them all.");
        }
        return 0;
    }
}
