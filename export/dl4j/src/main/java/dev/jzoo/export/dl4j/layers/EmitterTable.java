package dev.jzoo.export.dl4j.layers;

import dev.jzoo.export.dl4j.network.NetworkPart;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/** The ONNX form of each kind of part, by its configuration class. */
public final class EmitterTable {

    /** The ONNX form of a part: adds the nodes that compute it and returns the name of the result. */
    @FunctionalInterface
    interface PartEmitter<C> {
        String emit(C configuration, LayerContext layer);
    }

    private static final String NO_FORM = "no ONNX form is known";

    private final Map<Class<?>, PartEmitter<Object>> forms = new HashMap<>();
    private final Set<Class<?>> rowwise = new HashSet<>();

    private EmitterTable() {
        ActivationEmitters.addTo(this);
        DenseEmitters.addTo(this);
        EmbeddingEmitters.addTo(this);
        ConvolutionEmitters.addTo(this);
        DeconvolutionEmitters.addTo(this);
        LocallyConnectedEmitters.addTo(this);
        PoolingEmitters.addTo(this);
        ResizingEmitters.addTo(this);
        AttentionEmitters.addTo(this);
        CapsuleEmitters.addTo(this);
        DetectionEmitters.addTo(this);
        VertexEmitters.addTo(this);
        NormalizationEmitters.addTo(this);
        RecurrentEmitters.addTo(this);
        PreProcessorEmitters.addTo(this);
        for (LayerEmitter emitter : ServiceLoader.load(LayerEmitter.class)) {
            for (Class<?> configuration : emitter.configurations()) {
                rowwise.remove(configuration);
                forms.put(configuration, (ignored, layer) -> emitter.emit(layer));
            }
        }
    }

    /** Loads the forms of JZoo and those on the class path. */
    public static EmitterTable load() {
        return new EmitterTable();
    }

    <C> void put(Class<C> configuration, PartEmitter<? super C> form) {
        forms.put(configuration, (part, layer) -> form.emit(configuration.cast(part), layer));
    }

    /**
     * Adds the form of a part that computes each row separately, and takes any number of axes before the last: see
     * {@link LayerOutput#rows()}.
     */
    <C> void putRowwise(Class<C> configuration, PartEmitter<? super C> form) {
        put(configuration, form);
        rowwise.add(configuration);
    }

    /** Returns each part whose class has no form, with the reason. */
    public List<String> unknown(List<NetworkPart> parts) {
        return parts.stream()
                .filter(part -> !forms.containsKey(part.configuration().getClass()))
                .map(part ->
                        part.path() + " (" + part.configuration().getClass().getSimpleName() + "): " + NO_FORM)
                .toList();
    }

    /** Returns the configuration classes that have a form. */
    public Set<Class<?>> configurations() {
        return Set.copyOf(forms.keySet());
    }

    boolean isRowwise(Object configuration) {
        return rowwise.contains(configuration.getClass());
    }

    /** Adds the nodes that compute a part. Returns the name of the result. */
    String emit(LayerContext layer) {
        PartEmitter<Object> form = forms.get(layer.configuration().getClass());
        if (form == null) {
            throw layer.unsupported(NO_FORM);
        }
        return form.emit(layer.configuration(), layer);
    }
}
