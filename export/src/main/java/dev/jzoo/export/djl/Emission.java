package dev.jzoo.export.djl;

import ai.djl.ndarray.NDArray;
import dev.jzoo.export.onnx.GraphBuilder;
import dev.jzoo.export.onnx.TensorData;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The graph that a pair of recordings becomes, and the names that their tensors have in it. */
final class Emission {

    private final GraphBuilder graph;
    private final Set<Integer> read;
    private final Sizes sizes;
    private final SizedConstants constants;
    private final Map<Integer, String> names = new HashMap<>();
    private final Map<String, String> weights = new HashMap<>();

    /**
     * @param read numbers of the tensors that the network's outputs depend on
     */
    Emission(GraphBuilder graph, Set<Integer> read) {
        this.graph = graph;
        this.read = read;
        sizes = new Sizes(graph);
        constants = new SizedConstants(graph, sizes);
    }

    GraphBuilder graph() {
        return graph;
    }

    Sizes sizes() {
        return sizes;
    }

    /** Whether an output of the network depends on a tensor. */
    boolean isRead(Traced tensor) {
        return read.contains(tensor.number());
    }

    /** Gives a tensor of both recordings its name in the graph. */
    void name(Traced ours, Traced theirs, String name) {
        names.put(ours.number(), name);
        sizes.know(name, ours.shape(), theirs.shape());
    }

    /** The graph's names of the tensors that steps gave, by number. */
    Map<Integer, String> names() {
        return Map.copyOf(names);
    }

    /**
     * The graph's name of a tensor. Weights and constants enter the graph when they are first asked for.
     *
     * @throws Call.Unsupported for a constant that depends on the size of the input in an unknown way
     * @throws Call.Cascade for the result of a step that has no ONNX form
     */
    String name(Traced ours, Traced theirs) {
        String known = names.get(ours.number());
        if (known != null) {
            return known;
        }
        String name;
        if (ours.origin() instanceof Traced.Origin.Weight weight) {
            name = weight(weight.path(), () -> DjlTypes.view(weight.array()));
        } else if (isFixed(ours, theirs)) {
            name = graph.constant(DjlTypes.data(ours.constant()));
        } else if (ours.origin() instanceof Traced.Origin.Constant && theirs.isConstant()) {
            name = constants.emit(ours.constant(), theirs.constant());
        } else {
            throw new Call.Cascade();
        }
        name(ours, theirs, name);
        return name;
    }

    /** A weight under its own name, once however often the forward pass asks for it. */
    String weight(String path, Supplier<TensorData> values) {
        return weights.computeIfAbsent(path, name -> graph.weight(name, values.get()));
    }

    /** Whether a tensor has the same values whatever the input: it then needs no nodes. */
    static boolean isFixed(Traced ours, Traced theirs) {
        return ours.isConstant() && theirs.isConstant() && equal(ours.constant(), theirs.constant());
    }

    private static boolean equal(NDArray ours, NDArray theirs) {
        return ours.getDataType() == theirs.getDataType()
                && ours.getShape().equals(theirs.getShape())
                && DjlTypes.data(ours).equals(DjlTypes.data(theirs));
    }
}
