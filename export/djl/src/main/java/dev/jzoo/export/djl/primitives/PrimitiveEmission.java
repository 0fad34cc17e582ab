package dev.jzoo.export.djl.primitives;

import ai.djl.ndarray.NDArray;
import dev.jzoo.export.djl.recording.RecordedStep;
import dev.jzoo.export.djl.recording.RecordedTensor;
import dev.jzoo.export.djl.recording.Recording;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The graph for a pair of recordings, and the names of their tensors in it. */
public final class PrimitiveEmission {

    private final GraphBuilder graph;
    private final Set<Integer> read;
    private final Map<Integer, RecordedStep> readOnce;
    private final DynamicSizes sizes;
    private final SizedNumbers numbers;
    private final SizedConstants constants;
    private final Map<Integer, String> names = new HashMap<>();
    private final Map<NDArray, Map<String, String>> weights = new IdentityHashMap<>();
    private final Set<String> taken;

    /**
     * @param first the first of the two recordings
     * @param reserved names of the network's inputs and outputs, which weights must not get
     */
    public PrimitiveEmission(GraphBuilder graph, Recording first, Collection<String> reserved) {
        this.graph = graph;
        read = first.read();
        readOnce = first.readOnce();
        taken = new HashSet<>(reserved);
        sizes = new DynamicSizes(graph);
        numbers = new SizedNumbers(graph, sizes);
        constants = new SizedConstants(graph, sizes, numbers);
    }

    public GraphBuilder graph() {
        return graph;
    }

    DynamicSizes sizes() {
        return sizes;
    }

    SizedNumbers numbers() {
        return numbers;
    }

    /** Returns whether an output of the network depends on a tensor. */
    boolean isRead(RecordedTensor tensor) {
        return read.contains(tensor.number());
    }

    /** Returns the step whose result a tensor is, if exactly one other step reads it; null for any other tensor. */
    RecordedStep onlyFor(RecordedTensor tensor) {
        return readOnce.get(tensor.number());
    }

    /** Sets the name in the graph of a tensor of both recordings. */
    public void name(RecordedTensor ours, RecordedTensor theirs, String name) {
        names.put(ours.number(), name);
        sizes.know(name, ours.shape(), theirs.shape());
    }

    /** Returns the graph's names of the tensors that are results of steps, by number. */
    public Map<Integer, String> names() {
        return Map.copyOf(names);
    }

    /**
     * Returns the graph's name of a tensor. Weights and constants are added to the graph when they are first needed.
     *
     * @throws StepContext.UnsupportedStepException for a constant that depends on the size of the input in an unknown
     * way
     * @throws StepContext.UnavailableInputException for the result of a step that has no ONNX form
     */
    public String name(RecordedTensor ours, RecordedTensor theirs) {
        String known = names.get(ours.number());
        if (known != null) {
            return known;
        }
        String name;
        if (ours.origin() instanceof RecordedTensor.TensorOrigin.ParameterOrigin weight) {
            name = weight(weight.array(), "", weight.path(), () -> DjlTypes.view(weight.array()));
        } else if (isFixed(ours, theirs)) {
            name = graph.constant(DjlTypes.data(ours.constant()));
        } else if (ours.origin() instanceof RecordedTensor.TensorOrigin.ConstantOrigin && theirs.isConstant()) {
            name = constants.emit(ours.constant(), theirs.constant());
        } else {
            throw new StepContext.UnavailableInputException();
        }
        name(ours, theirs, name);
        return name;
    }

    /**
     * Adds a weight under its own name, only once if the forward pass asks for it several times.
     *
     * @param owner parameter whose values the weight has, or the first of several
     * @param role role of the weight among the weights made from this parameter
     * @param path preferred name, used if no other weight and no input or output has it
     */
    String weight(NDArray owner, String role, String path, Supplier<TensorData> values) {
        return weights.computeIfAbsent(owner, unseen -> new HashMap<>()).computeIfAbsent(role, unseen -> {
            String name = path;
            for (int i = 1; !taken.add(name); i++) {
                name = path + "_" + i;
            }
            return graph.weight(name, values.get());
        });
    }

    /** Returns whether a tensor has the same values for every input, so that it is a constant. */
    static boolean isFixed(RecordedTensor ours, RecordedTensor theirs) {
        return ours.isConstant() && theirs.isConstant() && equal(ours.constant(), theirs.constant());
    }

    private static boolean equal(NDArray ours, NDArray theirs) {
        return ours.getDataType() == theirs.getDataType()
                && ours.getShape().equals(theirs.getShape())
                && DjlTypes.data(ours).equals(DjlTypes.data(theirs));
    }
}
