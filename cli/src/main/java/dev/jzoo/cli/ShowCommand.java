package dev.jzoo.cli;

import dev.jzoo.cli.console.PlainWriter;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.zoo.Listing;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.card.ReadableNumbers;
import dev.jzoo.zoo.download.PublicAddress;
import dev.jzoo.zoo.file.Json;
import dev.jzoo.zoo.hub.ModelReference;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jzoo show}. */
@Command(
        name = "show",
        description = {
            "Show what a model does, how accurate it is, and where it comes from.",
            "The model itself is not downloaded."
        },
        footer = {"  jzoo show mnist-logistic", "  jzoo show airline-lstm --json"})
final class ShowCommand implements Callable<Integer> {

    private final JzooCommand jzoo;

    @Parameters(paramLabel = "MODEL", description = "Name of a model, optionally with a version: mnist-logistic@1.0.0.")
    private String model = "";

    ShowCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    /** The document that {@code --json} prints. */
    private record ShowDocument(
            ModelRow model, String origin, int opset, List<PortRow> inputs, List<PortRow> outputs, ModelCard card) {}

    @Override
    public Integer call() {
        if (ModelReference.isElsewhere(model)) {
            String shown = PublicAddress.of(model);
            throw new UsageException(shown + " is not in JZoo's own catalogue; 'jzoo inspect " + shown
                    + "' downloads it and shows its contents.");
        }
        Listing listing = jzoo.zoo().show(model);
        ShowDocument document = new ShowDocument(
                ModelRow.of(listing),
                listing.origin(),
                listing.entry().opset(),
                listing.entry().inputs().stream().map(PortRow::of).toList(),
                listing.entry().outputs().stream().map(PortRow::of).toList(),
                listing.card());
        jzoo.output().print(document, out -> print(document, out));
        return 0;
    }

    private static void print(ShowDocument shown, PrintWriter out) {
        ModelCard card = shown.card;
        out.println(card.id() + " " + card.version() + ": " + card.title());
        out.println();
        wrap(card.summary(), out);
        out.println();
        field(out, "Task", card.task().id());
        field(out, "Size", ReadableNumbers.bytes(shown.model.bytes()) + ", SHA-256 " + shown.model.sha256());
        shown.inputs.forEach(port -> field(out, "Input", port.toString()));
        shown.outputs.forEach(port -> field(out, "Output", port.toString()));
        field(out, "Opset", Integer.toString(shown.opset));
        if (!card.labels().isEmpty()) {
            field(out, "Labels", labels(card.labels()));
        }
        card.metrics().forEach((name, value) -> field(out, "Metric", name + " " + ReadableNumbers.number(value)));
        card.data().forEach(data -> field(out, "Data", data.name()));
        field(out, "Made by", card.recipe().command());
        field(out, "Licence", card.licence());
        field(out, "From", shown.origin);
        card.limits().forEach(limit -> field(out, "Limit", limit));
    }

    private static void field(PrintWriter out, String name, String value) {
        out.printf("%-8s %s%n", name, PlainWriter.line(value));
    }

    /** Returns the first ten labels in one line. Blank labels, such as a line break, are written as in JSON. */
    static String labels(List<String> labels) {
        String first = labels.stream()
                .limit(10)
                .map(label -> label.isBlank() ? Json.compact(label) : label)
                .collect(Collectors.joining(", "));
        return labels.size() <= 10 ? first : first + ", ... (" + labels.size() + ")";
    }

    /** Prints a text in lines of at most 100 characters. */
    private static void wrap(String text, PrintWriter out) {
        StringBuilder line = new StringBuilder();
        for (String word : text.split("\\s+")) {
            if (line.length() + word.length() >= 100) {
                out.println(line.toString().strip());
                line.setLength(0);
            }
            line.append(word).append(' ');
        }
        out.println(line.toString().strip());
    }
}
