package dev.jzoo.export.dl4j.layers;

import dev.jzoo.export.dl4j.network.NdArrays;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A part of a DL4J network to be converted to nodes: its configuration and parameters, the tensors that it reads, and
 * the graph that gets the nodes.
 */
public final class LayerContext {

    private final LayerEmission emission;
    private final String path;
    private final Object configuration;
    private final Map<String, INDArray> parameters;
    private final List<LayerOutput> inputs;
    private final List<Dimension> outputShape;

    LayerContext(
            LayerEmission emission,
            String path,
            Object configuration,
            Map<String, INDArray> parameters,
            List<LayerOutput> inputs,
            List<Dimension> outputShape) {
        this.emission = emission;
        this.path = path;
        this.configuration = configuration;
        this.parameters = parameters;
        this.inputs = inputs;
        this.outputShape = outputShape;
    }

    /** Thrown if a part or a setting has no ONNX form; the message gives the reason. */
    public static final class UnsupportedPartException extends RuntimeException {
        UnsupportedPartException(String message) {
            super(message);
        }
    }

    /** Returns the part's name for people: the layer's name, or its index if it has none. */
    public String path() {
        return path;
    }

    /** Returns DL4J's configuration of the part. */
    public Object configuration() {
        return configuration;
    }

    /** Returns the graph to write to. Nodes are named after {@link #path()}. */
    public GraphBuilder graph() {
        return emission.graph();
    }

    /** Begins a node: short for {@code graph().op(...)}. */
    public GraphBuilder.NodeBuilder op(String opType, String... read) {
        return emission.graph().op(opType, read);
    }

    /** Returns the graph's name of the only tensor that the part reads. */
    public String input() {
        return inputs.get(0).name();
    }

    /** Returns the graph's names of all tensors that the part reads. */
    public List<String> inputs() {
        return inputs.stream().map(LayerOutput::name).toList();
    }

    /** Returns the shape of the first tensor that the part reads, batch first. */
    public List<Dimension> inputShape() {
        return inputs.get(0).shape();
    }

    /** Returns the shapes of all tensors that the part reads. */
    public List<List<Dimension>> inputShapes() {
        return inputs.stream().map(LayerOutput::shape).toList();
    }

    /** Returns the shape of the tensor that the part must write. */
    public List<Dimension> outputShape() {
        return outputShape;
    }

    /** Returns whether the part has a parameter of that key: "b". */
    public boolean has(String key) {
        return parameters.containsKey(key);
    }

    /** Returns the values of a parameter in row-major order, as 32-bit floating point, in DL4J's shape. */
    public TensorData parameter(String key) {
        return NdArrays.data(held(key));
    }

    /** Adds a parameter to the graph unchanged, named "{path}.{key}". Returns its name. */
    public String weight(String key) {
        return weight(key, parameter(key));
    }

    /** Adds a weight to the graph, named "{path}.{name}". Returns its name. */
    public String weight(String name, TensorData value) {
        return emission.graph().weight(path + "." + name, value);
    }

    /** Applies an activation function to a tensor of the shape that the part writes. Returns the name of the result. */
    public String activate(IActivation function, String value) {
        return emission.emit(new LayerContext(
                emission, path, function, Map.of(), List.of(new LayerOutput(value, outputShape)), outputShape));
    }

    /**
     * Returns the exception to throw for a part or a setting that has no ONNX form. All of a network are reported
     * together.
     */
    public RuntimeException unsupported(String reason) {
        return new UnsupportedPartException(
                path + " (" + configuration.getClass().getSimpleName() + "): " + reason);
    }

    /** Returns a copy of a parameter, in row-major order, as 32-bit floating point. */
    INDArray array(String key) {
        return held(key).castTo(DataType.FLOAT).dup('c');
    }

    /** Returns a parameter as DL4J holds it: a view, in any order. */
    INDArray held(String key) {
        INDArray array = parameters.get(key);
        if (array == null) {
            throw unsupported("the parameter '" + key + "' is missing");
        }
        return array;
    }

    /** Returns whether a layer computes each row separately, with any axes before the last. */
    boolean isRowwise(Object inner) {
        return emission.isRowwise(inner);
    }

    /** Returns the graph's name of an input of the network. */
    String networkInput(String name) {
        return emission.networkInput(name);
    }

    String weight(String name, INDArray value) {
        return weight(name, NdArrays.data(value));
    }

    /** Returns the size of an axis of the first input. */
    long size(int axis) {
        return size(inputShape(), axis);
    }

    /** Returns the size of an axis that must be fixed. */
    long size(List<Dimension> shape, int axis) {
        if (shape.get(axis) instanceof Dimension.FixedDimension fixed) {
            return fixed.size();
        }
        throw unsupported("axis " + axis + " of its input " + Dimension.format(shape) + " must have a fixed size");
    }

    int rank() {
        return inputShape().size();
    }

    /** Returns the valid steps of the input; {@link Masking#NONE} if all are valid. */
    Masking masking() {
        return emission.masking();
    }

    /** Returns the names of the states that the part begins with: hidden, cell; empty if it begins with zeros. */
    List<String> states() {
        return emission.states().of(path);
    }

    /** Sets the part's final states, [1, batch, units]. */
    void leave(List<String> names) {
        emission.states().keep(path, names);
    }

    /** Returns the network's batch size, as a tensor of shape [1]. */
    String batchSize() {
        return emission.batchSize();
    }

    /** Transposes a tensor; returns it unchanged if the order does not change. */
    String transpose(String value, long... order) {
        for (int i = 0; i < order.length; i++) {
            if (order[i] != i) {
                return op("Transpose", value).ints("perm", order).emit();
            }
        }
        return value;
    }

    /** Adds a constant of shape [n]: axes, sizes, repeats. */
    String integers(long... values) {
        return graph().constant(TensorData.vector(values));
    }

    String reshape(String value, long... shape) {
        return op("Reshape", value, integers(shape)).emit();
    }

    /** Returns the same part, reading another tensor. */
    LayerContext reading(String value, List<Dimension> shape) {
        return new LayerContext(
                emission, path, configuration, parameters, List.of(new LayerOutput(value, shape)), outputShape);
    }

    /** Writes a part that this part wraps, which reads the same input. */
    String emitInner(Object inner, List<Dimension> shape) {
        return emission.emit(new LayerContext(emission, path, inner, parameters, inputs, shape));
    }

    /** Returns the parameters whose keys begin with a prefix, by the rest of the key. */
    Map<String, INDArray> parameters(String prefix) {
        Map<String, INDArray> some = new java.util.HashMap<>();
        parameters.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                some.put(key.substring(prefix.length()), value);
            }
        });
        return some;
    }
}
