package dev.jzoo.export.scratch;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralLayer.Phase;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.layers.EmbeddingLayer;
import dev.jzoo.scratch.layers.ResidualLayer;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The emission of one network: follows its chains and residual layers, and adds the nodes of each layer by its rule. */
final class NetworkEmission {

    private final GraphBuilder graph;
    private final DataType type;
    private final String input;
    private final Map<String, String> tensors = new LinkedHashMap<>();
    private OptionalInt vocabulary = OptionalInt.empty();

    /**
     * An emission into a graph.
     *
     * @param type type of the file's numbers, FLOAT or DOUBLE
     * @param input tensor of the network's input
     */
    NetworkEmission(GraphBuilder graph, DataType type, String input) {
        this.graph = graph;
        this.type = type;
        this.input = input;
    }

    /** Returns each part without an ONNX form. */
    static List<String> unknown(NeuralLayer layer, String path) {
        List<String> parts = new ArrayList<>();
        if (layer instanceof NeuralNetwork chain) {
            for (int i = 0; i < chain.layers().size(); i++) {
                parts.addAll(unknown(chain.layers().get(i), inside(path, i)));
            }
        } else if (layer instanceof ResidualLayer residual) {
            parts.addAll(unknown(residual.body(), path + "/body"));
        } else if (LayerForms.of(layer).isEmpty()) {
            parts.add(LayerSite.name(path, layer) + ": no rule for "
                    + layer.getClass().getName());
        }
        return parts;
    }

    /** Adds a layer and returns its output. */
    GraphValue emit(NeuralLayer layer, String path, GraphValue given) {
        GraphValue output;
        if (layer instanceof NeuralNetwork chain) {
            output = given;
            for (int i = 0; i < chain.layers().size(); i++) {
                output = emit(chain.layers().get(i), inside(path, i), output);
            }
            return output;
        }
        LayerSite<?> site = new LayerSite<>(layer, path, graph, type, given);
        if (layer instanceof ResidualLayer residual) {
            GraphValue body = emit(residual.body(), path + "/body", given);
            if (!body.shape().equals(given.shape())) {
                throw site.refusal("its input is " + Dimension.format(given.shape()) + ", but its body returns "
                        + Dimension.format(body.shape()));
            }
            graph.scope(path);
            output = given.as(graph.op("Add", given.tensor(), body.tensor()).emit());
        } else {
            graph.scope(path);
            output = LayerForms.of(layer)
                    .orElseThrow(() -> LayerSite.refusal(unknown(layer, path)))
                    .apply(site);
            if (layer instanceof EmbeddingLayer && given.tensor().equals(input)) {
                vocabulary = OptionalInt.of(site.value("table").size(0));
            }
        }
        tensors.put(path, output.tensor());
        return output;
    }

    /** Returns the number of rows of the table in which the input is looked up, if there is one. */
    OptionalInt vocabulary() {
        return vocabulary;
    }

    /** Returns the output of each layer for an input, by its tensor in the graph. */
    Map<String, Array> outputs(NeuralLayer network, String path, Array given) {
        Map<String, Array> outputs = new LinkedHashMap<>();
        output(network, path, given, outputs);
        return outputs;
    }

    private Array output(NeuralLayer layer, String path, Array given, Map<String, Array> outputs) {
        Array output = given;
        if (layer instanceof NeuralNetwork chain) {
            for (int i = 0; i < chain.layers().size(); i++) {
                output = output(chain.layers().get(i), inside(path, i), output, outputs);
            }
            return output;
        }
        if (layer instanceof ResidualLayer residual) {
            output = given.plus(output(residual.body(), path + "/body", given, outputs));
        } else {
            output = layer.forward(given, Phase.INFERENCE);
        }
        outputs.put(tensors.get(path), output);
        return output;
    }

    private static String inside(String path, int number) {
        return path.isEmpty() ? Integer.toString(number) : path + "/" + number;
    }
}
