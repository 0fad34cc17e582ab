package dev.jzoo.export.dl4j.keras.reference;

import dev.jzoo.export.dl4j.keras.model.KerasLayer;
import dev.jzoo.export.dl4j.keras.model.KerasModel;
import dev.jzoo.export.dl4j.keras.model.LayerCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The computation of a model, layer by layer. */
public final class ReferenceModel {

    /** The computation of a layer. */
    interface ReferenceLayer extends Function<LayerComputation, ReferenceValue> {}

    private static final TreeMap<String, ReferenceLayer> LAYERS = new TreeMap<>();

    static {
        ReferenceActivations.addTo(LAYERS);
        ReferenceConvolutions.addTo(LAYERS);
        ReferenceDense.addTo(LAYERS);
        ReferencePooling.addTo(LAYERS);
        ReferenceRecurrence.addTo(LAYERS);
        ReferenceShapes.addTo(LAYERS);
        ReferenceTransposedConvolutions.addTo(LAYERS);
    }

    private ReferenceModel() {}

    /** Returns the classes of layers that can be computed, sorted. */
    public static Set<String> classNames() {
        return Set.copyOf(LAYERS.keySet());
    }

    /** Computes the outputs of a model for its inputs, in inference mode. */
    public static List<ReferenceValue> outputs(KerasModel model, List<ReferenceValue> inputs) {
        Map<Integer, Integer> lastReads = new HashMap<>();
        for (int i = 0; i < model.calls().size(); i++) {
            for (int value : model.calls().get(i).reads()) {
                lastReads.put(value, i);
            }
        }
        model.outputs().forEach(value -> lastReads.put(value, Integer.MAX_VALUE));
        Map<Integer, ReferenceValue> values = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            values.put(i, inputs.get(i));
        }
        for (int i = 0; i < model.calls().size(); i++) {
            LayerCall call = model.calls().get(i);
            List<ReferenceValue> results =
                    results(call.layer(), call.reads().stream().map(values::get).toList());
            for (int result = 0; result < results.size(); result++) {
                values.put(call.writes().get(result), results.get(result));
            }
            int now = i;
            call.reads().stream().filter(value -> lastReads.get(value) == now).forEach(values::remove);
        }
        return model.outputs().stream().map(values::get).toList();
    }

    private static List<ReferenceValue> results(KerasLayer layer, List<ReferenceValue> inputs) {
        return layer.model().map(model -> outputs(model, inputs)).orElseGet(() -> List.of(compute(layer, inputs)));
    }

    /** Computes one layer. Fails if it has a setting that its computation did not read. */
    static ReferenceValue compute(KerasLayer layer, List<ReferenceValue> inputs) {
        if (layer.model().isPresent()) {
            return outputs(layer.model().get(), inputs).get(0);
        }
        LayerComputation computation = new LayerComputation(layer, inputs);
        ReferenceValue result = LAYERS.get(layer.className()).apply(computation);
        computation.requireSettingsRead();
        return result;
    }

    /** Returns a copy of a list with another value at one position. */
    static int[] with(int[] dims, int axis, int size) {
        int[] copy = Arrays.copyOf(dims, dims.length);
        copy[axis] = size;
        return copy;
    }

    /** Returns a list with one element for each input. */
    static <T> List<T> each(List<ReferenceValue> inputs, Function<ReferenceValue, T> of) {
        List<T> all = new ArrayList<>();
        inputs.forEach(input -> all.add(of.apply(input)));
        return all;
    }
}
