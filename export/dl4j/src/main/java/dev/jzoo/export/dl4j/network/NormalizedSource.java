package dev.jzoo.export.dl4j.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network that takes data in their own units, as before its normalizer, and returns results in the units of the
 * labels.
 */
public final class NormalizedSource implements Dl4jSource {

    private final Dl4jSource network;
    private final DataNormalizers normalizers;

    public NormalizedSource(Dl4jSource network, DataNormalizers normalizers) {
        this.network = network;
        this.normalizers = normalizers;
        requireWithin("input", normalizers.inputs(), network.inputs());
        requireWithin("output", normalizers.outputs(), network.outputs());
    }

    private static void requireWithin(String port, Map<Integer, DataScaling> scalings, List<String> names) {
        scalings.keySet().stream()
                .filter(number -> number < 0 || number >= names.size())
                .findFirst()
                .ifPresent(number -> {
                    throw new IllegalArgumentException("The normalizer does not fit the network: it has statistics for "
                            + port + " " + number + ", but the network has only " + names + ".");
                });
    }

    private String scaledInput(String name) {
        return normalizers.inputs().containsKey(inputs().indexOf(name)) ? name + " normalized" : name;
    }

    private static String unscaledOutput(String name) {
        return name + " in units";
    }

    @Override
    public List<String> inputs() {
        return network.inputs();
    }

    @Override
    public List<NetworkPart> parts() {
        List<NetworkPart> parts = new ArrayList<>();
        normalizers.inputs().forEach((number, scaling) -> {
            String name = inputs().get(number);
            parts.add(part(name, scaling, name, scaledInput(name)));
        });
        for (NetworkPart part : network.parts()) {
            List<String> read = part.inputs().stream().map(this::scaledInput).toList();
            parts.add(new NetworkPart(part.path(), part.configuration(), part.parameters(), read, part.output()));
        }
        normalizers.outputs().forEach((number, scaling) -> {
            String name = network.outputs().get(number);
            parts.add(part(name, scaling, name, unscaledOutput(name)));
        });
        return parts;
    }

    private static NetworkPart part(String port, DataScaling scaling, String read, String given) {
        return new NetworkPart(port + "/normalizer", scaling, Map.of(), List.of(read), given);
    }

    @Override
    public List<String> outputs() {
        List<String> names = new ArrayList<>(network.outputs());
        normalizers.outputs().keySet().forEach(number -> names.set(number, unscaledOutput(names.get(number))));
        return names;
    }

    @Override
    public List<String> outputNames() {
        return network.outputNames();
    }

    @Override
    public DataType type() {
        return network.type();
    }

    @Override
    public Map<String, InputType> types(InputType input) {
        return network.types(input);
    }

    @Override
    public CacheMode cacheMode() {
        return network.cacheMode();
    }

    @Override
    public List<INDArray> output(List<INDArray> given, Map<String, INDArray> masks) {
        return unscaled(network.output(scaled(given), masks));
    }

    @Override
    public List<INDArray> outputFromStates(List<INDArray> given) {
        return unscaled(network.outputFromStates(scaled(given)));
    }

    private List<INDArray> scaled(List<INDArray> given) {
        return changed(given, normalizers.inputs());
    }

    private List<INDArray> unscaled(List<INDArray> results) {
        return changed(results, normalizers.outputs());
    }

    private static List<INDArray> changed(List<INDArray> arrays, Map<Integer, DataScaling> scalings) {
        List<INDArray> changed = new ArrayList<>(arrays);
        scalings.forEach((number, scaling) -> changed.set(number, scaling.scaled(arrays.get(number))));
        return changed;
    }

    @Override
    public RecurrentLayer recurrent(String value) {
        return network.recurrent(value);
    }

    @Override
    public void begin(List<INDArray> given, Map<String, INDArray> masks) {
        network.begin(scaled(given), masks);
    }

    @Override
    public INDArray compute(String value, List<INDArray> read, LayerWorkspaceMgr memory) {
        return network.compute(value, read, memory);
    }

    @Override
    public void end() {
        network.end();
    }
}
