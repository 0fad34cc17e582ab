package dev.jzoo.export.dl4j.layers;

import dev.jzoo.export.dl4j.network.NetworkPart;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;

/** A writer of one network's parts into one graph. */
public final class LayerEmission {

    private static final int SEQUENCE_RANK = 3;

    private final GraphBuilder graph;
    private final EmitterTable table;
    private final Map<String, String> networkInputs;
    private final Masking masking;
    private final RecurrentStates.StateFlow states;
    private boolean isMasked;
    private String batchSize = "";

    /** @param networkInputs the graph's names of the network's inputs, in their order, by DL4J's names */
    public LayerEmission(
            GraphBuilder graph,
            EmitterTable table,
            Map<String, String> networkInputs,
            Masking masking,
            RecurrentStates.StateFlow states) {
        this.graph = graph;
        this.table = table;
        this.networkInputs = networkInputs;
        this.masking = masking;
        this.states = states;
    }

    /** Returns the masking of the current part's input; {@link Masking#NONE} if all steps are valid. */
    Masking masking() {
        return isMasked ? masking : Masking.NONE;
    }

    /** Returns the initial and final states of recurrent layers. */
    RecurrentStates.StateFlow states() {
        return states;
    }

    GraphBuilder graph() {
        return graph;
    }

    String emit(LayerContext layer) {
        return table.emit(layer);
    }

    boolean isRowwise(Object configuration) {
        return table.isRowwise(configuration);
    }

    String networkInput(String name) {
        return networkInputs.get(name);
    }

    /** Returns the network's batch size as a tensor of shape [1]. */
    String batchSize() {
        if (batchSize.isEmpty()) {
            String shape =
                    graph.op("Shape", networkInputs.values().iterator().next()).emit();
            batchSize = graph.op("Gather", shape, graph.constant(TensorData.vector(0)))
                    .emit();
        }
        return batchSize;
    }

    /**
     * Writes a part.
     *
     * @param shape shape that DL4J gives its result
     */
    public LayerOutput emit(NetworkPart part, List<LayerOutput> given, List<Dimension> shape) {
        graph.scope(part.path());
        isMasked = masking.reaches(part);
        if (!isMasked) {
            return write(part, given, shape);
        }
        Masking.Effect effect = Masking.effect(part.configuration());
        if (effect == Masking.Effect.UNKNOWN) {
            if (shape.size() == SEQUENCE_RANK) {
                masking.pass(part); // so that all unsupported parts are reported
            }
            throw context(part, given, shape)
                    .unsupported("its treatment of a mask is not supported; export without lengths");
        } else if (effect != Masking.Effect.ENDS) {
            masking.pass(part);
        }
        LayerOutput value = write(part, given, shape);
        return effect == Masking.Effect.ZEROES ? zeroed(part, value) : value;
    }

    /** Sets a sequence, or its rows, to zero where it is masked. */
    private LayerOutput zeroed(NetworkPart part, LayerOutput value) {
        String factors = masking.factors(graph);
        String axes;
        if (value.rows()) {
            factors = graph.op("Transpose", factors).ints("perm", 1, 0).emit();
            axes = graph.constant(TensorData.vector(2));
        } else if (part.configuration() instanceof EmbeddingSequenceLayer embedding) {
            axes = graph.constant(TensorData.vector(embedding.getOutputFormat() == RNNFormat.NCW ? 1 : 2));
        } else {
            throw context(part, List.of(value), value.shape())
                    .unsupported("a mask applies to values without steps; export without lengths");
        }
        String factor = graph.op("Unsqueeze", factors, axes).emit();
        return new LayerOutput(graph.op("Mul", value.name(), factor).emit(), value.shape(), value.rows());
    }

    private LayerOutput write(NetworkPart part, List<LayerOutput> given, List<Dimension> shape) {
        boolean rows = given.stream().allMatch(LayerOutput::rows);
        if (rows && PreProcessorEmitters.restoresTime(part.configuration())) {
            LayerContext layer = context(part, given, shape);
            return new LayerOutput(PreProcessorEmitters.rowsToSequence(layer), shape);
        }
        if (rows && table.isRowwise(part.configuration())) {
            List<Dimension> written = new ArrayList<>(given.get(0).shape().subList(0, 2));
            written.addAll(shape.subList(1, shape.size()));
            return new LayerOutput(table.emit(context(part, given, written)), written, true);
        }
        List<LayerOutput> plain = given.stream().map(this::merged).toList();
        if (PreProcessorEmitters.makesRows(part.configuration())
                && plain.get(0).shape().size() == 3) {
            return PreProcessorEmitters.sequenceToRows(context(part, plain, shape));
        }
        return new LayerOutput(table.emit(context(part, plain, shape)), shape);
    }

    private LayerContext context(NetworkPart part, List<LayerOutput> given, List<Dimension> shape) {
        return new LayerContext(this, part.path(), part.configuration(), part.parameters(), given, shape);
    }

    /** Merges rows onto one axis, as DL4J has them. */
    public LayerOutput merged(LayerOutput value) {
        if (!value.rows()) {
            return value;
        }
        List<Dimension> shape =
                new ArrayList<>(value.shape().subList(1, value.shape().size()));
        shape.set(0, new Dimension.UnknownDimension());
        long[] sizes = new long[shape.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = shape.get(i) instanceof Dimension.FixedDimension fixed ? fixed.size() : -1;
        }
        String name = graph.op("Reshape", value.name(), graph.constant(TensorData.vector(sizes)))
                .emit();
        return new LayerOutput(name, shape);
    }
}
