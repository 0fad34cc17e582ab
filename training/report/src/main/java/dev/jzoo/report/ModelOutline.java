package dev.jzoo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A description of a trained model: the layers of the network with shapes and parameters, and the settings that determined its
 * weights. {@link Report#trained} shows it. Layers and settings appear in the order in which they are added.
 *
 * <pre>{@code
 * ModelOutline.ofInput(List.of(784L))
 *         .layer("dense 10", List.of(10L), 7850)
 *         .setting("optimiser", "stochastic gradient descent")
 * }</pre>
 */
public final class ModelOutline {

    private enum State {
        TRAINED,
        FROZEN
    }

    private record OutlineRow(String name, List<Long> shape, long parameters, State state) {}

    private final List<Long> input;
    private final List<OutlineRow> layers = new ArrayList<>();
    private final Table settings = Table.captioned("The settings that determined the weights.")
            .text("setting")
            .text("value");

    private ModelOutline(List<Long> input) {
        this.input = List.copyOf(input);
    }

    /** Creates the outline of a network whose examples have this shape. */
    public static ModelOutline ofInput(List<Long> shape) {
        return new ModelOutline(shape);
    }

    /**
     * Adds a layer that was trained.
     *
     * @param name a name for people: "dense 10"
     * @param shape shape of its output for one example
     * @param parameters number of trained parameters; 0 for a layer without any
     */
    public ModelOutline layer(String name, List<Long> shape, long parameters) {
        return add(new OutlineRow(name, List.copyOf(shape), parameters, State.TRAINED));
    }

    /** Adds a layer that kept its initial weights. */
    public ModelOutline frozen(String name, List<Long> shape, long parameters) {
        return add(new OutlineRow(name + ", frozen", List.copyOf(shape), parameters, State.FROZEN));
    }

    /** Adds a setting with its value, both for people. */
    public ModelOutline setting(String name, String value) {
        settings.row(name, value);
        return this;
    }

    private ModelOutline add(OutlineRow row) {
        if (row.parameters < 0) {
            throw new IllegalArgumentException(
                    "Layer '" + row.name + "' must have 0 parameters or more, not " + row.parameters + ".");
        }
        layers.add(row);
        return this;
    }

    /** Returns a table with a row for the input and for each layer. */
    Table layers() {
        Table table = Table.captioned(caption()).text("layer").text("output").whole("parameters");
        table.row("input", words(input), "");
        for (OutlineRow row : layers) {
            table.row(row.name, words(row.shape), row.parameters == 0 ? "" : (Object) row.parameters);
        }
        return table;
    }

    /** Returns a table with a row for each setting. */
    Table settings() {
        return settings;
    }

    private String caption() {
        long all = layers.stream().mapToLong(OutlineRow::parameters).sum();
        long trained = layers.stream()
                .filter(row -> row.state == State.TRAINED)
                .mapToLong(OutlineRow::parameters)
                .sum();
        return "The layers, with the shape of each output for one example. " + Numerals.whole(all) + " parameters"
                + (trained == all ? "." : ", " + Numerals.whole(trained) + " of which were trained.");
    }

    private static String words(List<Long> shape) {
        return shape.stream().map(axis -> Long.toString(axis)).collect(Collectors.joining(" x "));
    }
}
