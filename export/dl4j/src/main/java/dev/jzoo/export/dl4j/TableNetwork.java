package dev.jzoo.export.dl4j;

import dev.jzoo.export.InputValues;
import dev.jzoo.export.SourceNetwork;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.dl4j.layers.EmitterTable;
import dev.jzoo.export.dl4j.layers.LayerContext;
import dev.jzoo.export.dl4j.layers.LayerEmission;
import dev.jzoo.export.dl4j.layers.LayerOutput;
import dev.jzoo.export.dl4j.layers.Masking;
import dev.jzoo.export.dl4j.layers.RecurrentStates;
import dev.jzoo.export.dl4j.network.Dl4jSource;
import dev.jzoo.export.dl4j.network.InputGuess;
import dev.jzoo.export.dl4j.network.NdArrays;
import dev.jzoo.export.dl4j.network.NetworkPart;
import dev.jzoo.export.dl4j.network.OverwrittenInputs;
import dev.jzoo.export.dl4j.network.PartwiseForwardPass;
import dev.jzoo.export.dl4j.network.StaleResults;
import dev.jzoo.export.dl4j.network.ValueShapes;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.ValueInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A DL4J network, open for export. */
final class TableNetwork implements SourceNetwork {

    private static final String HINT = "Replace these layers, or write a LayerEmitter for them: implement"
            + " dev.jzoo.export.dl4j.layers.LayerEmitter and name it in META-INF/services.";

    /** Number of a network's values from which it is worth collecting the memory that ND4J no longer needs. */
    private static final long LARGE = 16 << 20;

    private final Dl4jSource source;
    private final InputGuess guess;
    private final List<ValueInfo> inputs;
    private final SequenceLengths lengths;
    private final RecurrentStates states;
    private Map<String, LayerOutput> written = Map.of();

    TableNetwork(Dl4jSource source, List<ValueInfo> declared, List<String> notes) {
        this(
                source,
                (declared.isEmpty() ? InputGuess.of(source) : new InputGuess(List.copyOf(declared), List.of()))
                        .with(notes),
                SequenceLengths.NONE,
                RecurrentStates.NONE);
    }

    private TableNetwork(Dl4jSource source, InputGuess guess, SequenceLengths lengths, RecurrentStates states) {
        this.source = source;
        this.guess = guess;
        this.inputs = guess.inputs();
        this.lengths = lengths;
        this.states = states;
        if (inputs.size() != source.inputs().size()) {
            throw new IllegalArgumentException("Declare all inputs of the network, in its order: it has "
                    + source.inputs() + ", but " + inputs.size() + " were declared: " + inputs + ".");
        }
    }

    @Override
    public SourceNetwork withLengths(String name) {
        return new TableNetwork(source, guess, SequenceLengths.of(name, inputs), states);
    }

    @Override
    public SourceNetwork withStates() {
        if (lengths != SequenceLengths.NONE) {
            throw new IllegalArgumentException(
                    "Cannot export states together with lengths of sequences: a padded sequence does not end"
                            + " in a state from which the next call can continue. Export with only one of them.");
        }
        return new TableNetwork(source, guess, lengths, RecurrentStates.of(source));
    }

    /** Returns the network's own inputs, followed by the lengths of sequences or the states if they were requested. */
    @Override
    public List<ValueInfo> inputs() {
        List<ValueInfo> all = new ArrayList<>(inputs);
        all.addAll(lengths.input());
        all.addAll(states.inputs());
        return all;
    }

    @Override
    public List<String> outputNames() {
        List<String> own = source.outputNames();
        if (states.slots().isEmpty()) {
            return own;
        }
        List<String> all = new ArrayList<>(own.isEmpty() ? List.of("output") : own);
        all.addAll(states.outputNames());
        return all;
    }

    @Override
    public List<ValueInfo> emit(GraphBuilder graph, List<String> inputNames) {
        List<String> stale = StaleResults.faults(source);
        if (!stale.isEmpty()) {
            throw new UnsupportedNetworkException(stale, HINT);
        }
        EmitterTable table = EmitterTable.load();
        ValueShapes shapes = shapes(table);
        reclaim();
        Map<String, LayerOutput> values = new HashMap<>();
        Map<String, String> networkInputs = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            networkInputs.put(source.inputs().get(i), inputNames.get(i));
            values.put(
                    source.inputs().get(i),
                    new LayerOutput(inputNames.get(i), inputs.get(i).shape()));
        }
        Masking masking = lengths.masking(source.inputs(), inputNames);
        RecurrentStates.StateFlow flow =
                states.flow(inputNames.subList(inputs().size() - states.slots().size(), inputNames.size()));
        LayerEmission emission = new LayerEmission(graph, table, networkInputs, masking, flow);
        List<String> faults = OverwrittenInputs.faults(source);
        for (NetworkPart part : source.parts()) {
            List<LayerOutput> given = part.inputs().stream().map(values::get).toList();
            LayerOutput value;
            try {
                value = emission.emit(part, given, shapes.of(part.output()));
            } catch (LayerContext.UnsupportedPartException e) {
                faults.add(e.getMessage());
                // Any tensor is enough to find the faults of the parts after this one.
                value = new LayerOutput(inputNames.get(0), shapes.of(part.output()));
            }
            values.put(part.output(), value);
        }
        if (!faults.isEmpty()) {
            throw new UnsupportedNetworkException(faults, HINT);
        }
        List<ValueInfo> outputs = new ArrayList<>();
        for (String output : source.outputs()) {
            LayerOutput value = emission.merged(values.get(output));
            outputs.add(new ValueInfo(value.name(), DataType.FLOAT, shapes.of(output)));
        }
        outputs.addAll(states.outputs(flow));
        graph.scope("");
        written = Map.copyOf(values);
        return outputs;
    }

    /**
     * Returns the shapes of all values. A layer without an ONNX form is reported first, whether or not DL4J can run it
     * here.
     */
    private ValueShapes shapes(EmitterTable table) {
        try {
            return ValueShapes.of(source, inputs);
        } catch (IllegalArgumentException e) {
            List<String> unknown = table.unknown(source.parts());
            throw unknown.isEmpty() ? e : new UnsupportedNetworkException(unknown, HINT);
        }
    }

    @Override
    public List<Tensor> run(List<Tensor> given) {
        if (!states.slots().isEmpty()) {
            return states.run(source, arrays(given), given.subList(inputs.size(), given.size()));
        }
        List<Tensor> results = source.output(arrays(given), lengths.masks(source.inputs(), given)).stream()
                .map(NdArrays::tensor)
                .toList();
        reclaim();
        return results;
    }

    /**
     * Asks Java to collect garbage. ND4J frees its memory with the Java objects that hold it, but these are so small
     * that Java alone sees no reason to collect them.
     */
    private void reclaim() {
        long size = source.parts().stream()
                .flatMap(part -> part.parameters().values().stream())
                .mapToLong(INDArray::length)
                .sum();
        if (size >= LARGE) {
            System.gc();
        }
    }

    private List<INDArray> arrays(List<Tensor> given) {
        return given.stream()
                .limit(inputs.size())
                .map(tensor -> NdArrays.array(tensor, source.type()))
                .toList();
    }

    /**
     * Returns the result of each layer, vertex and preprocessor; the graph has it in DL4J's own layout. Empty for a
     * network with states.
     */
    @Override
    public Map<String, Tensor> intermediates(List<Tensor> given) {
        if (!states.slots().isEmpty()) {
            return Map.of();
        }
        List<INDArray> arrays = arrays(given);
        Map<String, Tensor> values = new LinkedHashMap<>();
        PartwiseForwardPass.run(source, arrays, lengths.masks(source.inputs(), given), (name, activation) -> {
            LayerOutput value = written.get(name);
            if (value != null) {
                // A part that does nothing in inference shares the tensor of the part before it.
                values.computeIfAbsent(
                        value.name(),
                        unseen -> NdArrays.tensor(
                                value.ofGraph(activation, arrays.get(0).size(0))));
            }
        });
        return values;
    }

    /** Returns ids below the size of the vocabulary, or lengths from 1 to the number of steps. */
    @Override
    public InputValues values(ValueInfo input) {
        if (lengths.input().contains(input)) {
            return lengths;
        }
        int own = inputs.indexOf(input);
        long vocabulary =
                own < 0 ? 0 : InputGuess.vocabulary(source, source.inputs().get(own));
        return vocabulary == 0 ? InputValues.unknown() : InputValues.wholeBetween(0, vocabulary - 1);
    }

    @Override
    public List<String> warnings() {
        return guess.notes();
    }

    @Override
    public void close() {
        // ND4J frees its arrays with the objects that hold them. The network belongs to the caller.
    }
}
