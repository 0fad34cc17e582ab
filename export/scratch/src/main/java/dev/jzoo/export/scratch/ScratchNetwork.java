package dev.jzoo.export.scratch;

import dev.jzoo.export.InputDeclarationException;
import dev.jzoo.export.InputValues;
import dev.jzoo.export.SourceNetwork;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralLayer.Phase;
import dev.jzoo.scratch.NeuralNetwork;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** A network from scratch, open for export. Holds no native memory. */
final class ScratchNetwork implements SourceNetwork {

    private final NeuralLayer network;
    private final ValueInfo input;
    private NetworkEmission emission;

    private ScratchNetwork(NeuralLayer network, ValueInfo input) {
        this.network = network;
        this.input = input;
    }

    static ScratchNetwork of(NeuralLayer network, List<ValueInfo> declared) {
        List<String> unknown = NetworkEmission.unknown(network, root(network));
        if (!unknown.isEmpty()) {
            throw LayerSite.refusal(unknown);
        }
        if (declared.size() > 1) {
            throw new IllegalArgumentException("Cannot export the network with " + declared.size()
                    + " inputs: a network from scratch has 1. Declare one input.");
        }
        ValueInfo input = declared.isEmpty()
                ? FirstLayerInput.of(network)
                        .orElseThrow(() -> new InputDeclarationException(
                                "Cannot export the network, because its first layer does not determine the shape of its input.",
                                InputDeclarationException.Lack.SHAPE,
                                List.of()))
                : declared.get(0);
        ScratchNetwork source = new ScratchNetwork(network, input);
        // wrong shapes are refused before the network runs
        GraphBuilder trial = new GraphBuilder(GraphBuilder.OLDEST_OPSET);
        source.emit(trial, List.of(trial.input(input)));
        return source;
    }

    /** Returns the path before the first layer; a single layer is layer 0. */
    private static String root(NeuralLayer network) {
        return network instanceof NeuralNetwork ? "" : "0";
    }

    @Override
    public List<ValueInfo> inputs() {
        return List.of(input);
    }

    @Override
    public List<ValueInfo> emit(GraphBuilder graph, List<String> tensors) {
        DataType type = input.type() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
        String tensor = tensors.get(0);
        emission = new NetworkEmission(graph, type, tensor);
        GraphValue output = emission.emit(network, root(network), new GraphValue(tensor, input.type(), input.shape()));
        graph.scope("");
        // a network of dropout alone writes nothing
        String written =
                output.tensor().equals(tensor) ? graph.op("Identity", tensor).emit() : output.tensor();
        return List.of(new ValueInfo(written, output.type(), output.shape()));
    }

    @Override
    public List<Tensor> run(List<Tensor> given) {
        return List.of(tensor(network.forward(array(given.get(0)), Phase.INFERENCE)));
    }

    @Override
    public InputValues values(ValueInfo asked) {
        return emission.vocabulary().isPresent()
                ? InputValues.wholeBetween(0, emission.vocabulary().getAsInt() - 1)
                : InputValues.unknown();
    }

    @Override
    public Map<String, Tensor> intermediates(List<Tensor> given) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        emission.outputs(network, root(network), array(given.get(0)))
                .forEach((name, value) -> values.put(name, tensor(value)));
        return values;
    }

    private static Array array(Tensor tensor) {
        return Array.of(
                tensor.numbers(),
                LongStream.of(tensor.shape()).mapToInt(Math::toIntExact).toArray());
    }

    private Tensor tensor(Array array) {
        long[] shape = Arrays.stream(array.shape()).asLongStream().toArray();
        return input.type() == DataType.DOUBLE
                ? Tensor.ofDoubles(array.values().clone(), shape)
                : Tensor.of(LayerSite.floats(array.values()), shape);
    }

    @Override
    public void close() {
        // Nothing to free.
    }
}
