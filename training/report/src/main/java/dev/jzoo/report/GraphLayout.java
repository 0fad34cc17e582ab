package dev.jzoo.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The layers and rows of a graph without cycles (Sugiyama, Tagawa and Toda, 1981): a node is right of all its inputs, and the
 * order within a layer follows the mean row of the neighbours, so that few arrows cross.
 */
final class GraphLayout {

    /** Passes to the right and to the left over the layers. */
    private static final int PASSES = 12;

    private final Map<String, List<String>> inputs;
    private final Map<String, List<String>> outputs = new HashMap<>();
    private final Map<String, Integer> layerOf = new HashMap<>();
    private final Map<String, Double> rowOf = new HashMap<>();
    private final List<List<String>> layers = new ArrayList<>();

    private GraphLayout(Map<String, List<String>> inputs) {
        this.inputs = inputs;
        inputs.keySet().forEach(id -> outputs.put(id, new ArrayList<>()));
        inputs.forEach(
                (to, sources) -> sources.forEach(from -> at(outputs, from).add(to)));
    }

    /** Lays out the nodes, each with its inputs. Fails with IllegalArgumentException if the arrows form a circle. */
    static GraphLayout of(Map<String, List<String>> inputs) {
        GraphLayout layout = new GraphLayout(inputs);
        layout.assignLayers();
        layout.assignRows();
        return layout;
    }

    /** Returns the value of a node, which every map has. */
    static <V> V at(Map<String, V> values, String id) {
        return Objects.requireNonNull(values.get(id), id);
    }

    List<List<String>> layers() {
        return layers;
    }

    int layer(String id) {
        return at(layerOf, id);
    }

    /** Returns the row of a node, a number that need not be whole. */
    double row(String id) {
        return at(rowOf, id);
    }

    /** Returns the number of rows of the largest layer. */
    int rows() {
        return layers.stream().mapToInt(List::size).max().orElseThrow();
    }

    /** Puts each node one layer after its last input, then each source one layer before its first output. */
    private void assignLayers() {
        List<String> waiting = new ArrayList<>(inputs.keySet());
        while (!waiting.isEmpty()) {
            List<String> ready = waiting.stream()
                    .filter(id -> layerOf.keySet().containsAll(at(inputs, id)))
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalArgumentException(
                        "The arrows between the nodes " + waiting + " form a circle. Remove one of them.");
            }
            for (String id : ready) {
                layerOf.put(
                        id,
                        at(inputs, id).stream()
                                        .mapToInt(other -> at(layerOf, other))
                                        .max()
                                        .orElse(-1)
                                + 1);
            }
            waiting.removeAll(ready);
        }
        inputs.forEach((id, sources) -> {
            if (sources.isEmpty()) {
                layerOf.put(
                        id,
                        at(outputs, id).stream()
                                        .mapToInt(other -> at(layerOf, other))
                                        .min()
                                        .orElse(1)
                                - 1);
            }
        });
        inputs.keySet().forEach(id -> {
            while (layers.size() <= at(layerOf, id)) {
                layers.add(new ArrayList<>());
            }
            layers.get(at(layerOf, id)).add(id);
        });
    }

    private void assignRows() {
        layers.forEach(this::number);
        for (int pass = 0; pass < PASSES; pass++) {
            for (int i = 0; i < layers.size(); i++) {
                List<String> layer = layers.get(pass % 2 == 0 ? i : layers.size() - 1 - i);
                Map<String, List<String>> neighbours = pass % 2 == 0 ? inputs : outputs;
                Map<String, Double> means = new HashMap<>();
                layer.forEach(id -> means.put(
                        id,
                        at(neighbours, id).stream()
                                .mapToDouble(other -> at(rowOf, other))
                                .average()
                                .orElse(at(rowOf, id))));
                layer.sort(Comparator.comparing(id -> at(means, id)));
                number(layer);
            }
        }
    }

    /** Numbers the rows of a layer in its order, with the layer in the middle of the drawing. */
    private void number(List<String> layer) {
        double first = (rows() - layer.size()) / 2.0;
        for (int i = 0; i < layer.size(); i++) {
            rowOf.put(layer.get(i), first + i);
        }
    }
}
