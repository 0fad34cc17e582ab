package dev.jzoo.export.dl4j.keras.emission;

import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.dl4j.keras.model.KerasLayer;
import dev.jzoo.export.dl4j.keras.model.KerasModel;
import dev.jzoo.export.dl4j.keras.model.LayerCall;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** A writer of a model, layer by layer, which checks that every setting and weight is used. */
public final class ModelEmission {

    /** The ONNX form of a layer: writes its nodes. */
    interface KerasEmitter extends Function<EmittedLayer, EmittedValue> {}

    /**
     * The largest number of elements of one example between layers: half a gigabyte. A layer that needs more is refused
     * before it is computed.
     */
    private static final long MOST_ELEMENTS = 1L << 27;

    private static final TreeMap<String, KerasEmitter> EMITTERS = new TreeMap<>();

    static {
        KerasActivations.addTo(EMITTERS);
        KerasConvolutions.addTo(EMITTERS);
        KerasCore.addTo(EMITTERS);
        KerasMerges.addTo(EMITTERS);
        KerasPooling.addTo(EMITTERS);
        KerasRecurrence.addTo(EMITTERS);
        KerasShapes.addTo(EMITTERS);
        KerasWrappers.addTo(EMITTERS);
    }

    private final GraphBuilder graph;
    private final WeightAccount account;

    private ModelEmission(GraphBuilder graph) {
        this.graph = graph;
        this.account = new WeightAccount(graph);
    }

    /** Returns the classes of layers that have an emitter. */
    public static Set<String> classNames() {
        return Set.copyOf(EMITTERS.keySet());
    }

    /**
     * Writes a model.
     *
     * @param inputs float tensors, one for each input of the model
     * @return its outputs
     * @throws UnsupportedNetworkException naming a layer with an input that it does not support, a setting that was not
     * used, or a weight that was not written
     */
    public static List<EmittedValue> emit(KerasModel model, GraphBuilder graph, List<EmittedValue> inputs) {
        ModelEmission emission = new ModelEmission(graph);
        List<EmittedValue> outputs = emission.outputs(model, inputs);
        graph.scope("");
        emission.account.requireArrived(model.leaves());
        return outputs;
    }

    GraphBuilder graph() {
        return graph;
    }

    WeightAccount account() {
        return account;
    }

    private List<EmittedValue> outputs(KerasModel model, List<EmittedValue> inputs) {
        Map<Integer, EmittedValue> values = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            values.put(i, inputs.get(i));
        }
        for (LayerCall call : model.calls()) {
            List<EmittedValue> read = call.reads().stream().map(values::get).toList();
            List<EmittedValue> results = call.layer()
                    .model()
                    .map(inner -> outputs(inner, read))
                    .orElseGet(() -> List.of(layer(call.layer(), read)));
            for (int i = 0; i < results.size(); i++) {
                values.put(call.writes().get(i), results.get(i));
            }
        }
        return model.outputs().stream().map(values::get).toList();
    }

    /** Writes one layer, or the model that it is. */
    EmittedValue layer(KerasLayer layer, List<EmittedValue> inputs) {
        if (layer.model().isPresent()) {
            return outputs(layer.model().get(), inputs).get(0);
        }
        graph.scope(layer.path());
        EmittedLayer emitted = new EmittedLayer(this, layer, inputs);
        boolean merges = KerasMerges.CLASSES.contains(layer.className());
        if (merges ? inputs.size() < 2 : inputs.size() != 1) {
            throw emitted.unsupported(
                    "it is called with " + inputs.size() + " inputs, expected " + (merges ? "several" : "one"));
        }
        EmittedValue result = EMITTERS.get(layer.className()).apply(emitted);
        requireSettingsRead(emitted);
        requireSize(emitted, result);
        return result;
    }

    static void requireSettingsRead(EmittedLayer layer) {
        List<String> unread = layer.settings().unread();
        if (!unread.isEmpty()) {
            throw layer.unsupported("the exporter does not use its settings " + unread);
        }
    }

    private static void requireSize(EmittedLayer layer, EmittedValue result) {
        List<Long> sizes = new ArrayList<>();
        long elements = 1;
        for (Dimension dim : result.shape()) {
            long size = dim.fixedSize().orElse(1);
            sizes.add(size);
            if (size == 0) {
                throw layer.unsupported("its result " + Dimension.format(result.shape()) + " has an axis of size 0");
            }
            elements = elements > MOST_ELEMENTS ? elements : elements * size;
        }
        if (elements > MOST_ELEMENTS) {
            throw layer.unsupported(
                    "its result of shape " + sizes + " has more than " + MOST_ELEMENTS + " elements for each example");
        }
    }
}
