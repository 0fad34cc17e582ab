package dev.jzoo.export.dl4j;

import dev.jzoo.export.onnx.Dim;
import dev.jzoo.export.onnx.GraphBuilder;
import dev.jzoo.export.onnx.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the parts of one network into one graph. */
final class Emission {

    private final GraphBuilder graph;
    private final EmitterTable table;
    private final Map<String, String> networkInputs;
    private String batchSize = "";

    /**
     * @param networkInputs the graph's names of the network's inputs, in their order, by DL4J's names
     */
    Emission(GraphBuilder graph, EmitterTable table, Map<String, String> networkInputs) {
        this.graph = graph;
        this.table = table;
        this.networkInputs = networkInputs;
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

    /** The network's batch size as a tensor of shape [1]. */
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
     * @param shape that DL4J gives its result
     */
    Value emit(Part part, List<Value> given, List<Dim> shape) {
        graph.scope(part.path());
        boolean rows = given.stream().allMatch(Value::rows);
        if (rows && PreProcessorEmitters.restoresTime(part.configuration())) {
            LayerContext layer = context(part, given, shape);
            return new Value(PreProcessorEmitters.rowsToSequence(layer), shape);
        }
        if (rows && table.isRowwise(part.configuration())) {
            List<Dim> written = new ArrayList<>(given.get(0).shape().subList(0, 2));
            written.addAll(shape.subList(1, shape.size()));
            return new Value(table.emit(context(part, given, written)), written, true);
        }
        List<Value> plain = given.stream().map(this::merged).toList();
        if (PreProcessorEmitters.makesRows(part.configuration())
                && plain.get(0).shape().size() == 3) {
            return PreProcessorEmitters.sequenceToRows(context(part, plain, shape));
        }
        return new Value(table.emit(context(part, plain, shape)), shape);
    }

    private LayerContext context(Part part, List<Value> given, List<Dim> shape) {
        return new LayerContext(this, part.path(), part.configuration(), part.parameters(), given, shape);
    }

    /** Rows on one axis, as DL4J has them. */
    Value merged(Value value) {
        if (!value.rows()) {
            return value;
        }
        List<Dim> shape = new ArrayList<>(value.shape().subList(1, value.shape().size()));
        shape.set(0, new Dim.Unknown());
        long[] sizes = new long[shape.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = shape.get(i) instanceof Dim.Fixed fixed ? fixed.size() : -1;
        }
        String name = graph.op("Reshape", value.name(), graph.constant(TensorData.vector(sizes)))
                .emit();
        return new Value(name, shape);
    }
}
