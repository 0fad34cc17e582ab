package dev.jzoo.export.scratch;

import dev.jzoo.export.TensorBridge;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.Weight;
import dev.jzoo.zoo.card.Dimension;
import java.util.Arrays;
import java.util.List;

/**
 * One layer while its nodes are added to a graph.
 *
 * @param path place of the layer in the network: "2", or "3/0" inside a residual layer
 * @param type type of the file's numbers, FLOAT or DOUBLE
 */
record LayerSite<L extends NeuralLayer>(L layer, String path, GraphBuilder graph, DataType type, GraphValue input) {

    /** Returns the value of a weight of the layer. */
    Array value(String name) {
        return layer.weights().stream()
                .filter(weight -> weight.name().equals(name))
                .map(Weight::value)
                .findFirst()
                .orElseThrow(() -> refusal("it has no weight '" + name + "'"));
    }

    /** Adds a weight to the graph as it is, and returns its tensor. */
    String weight(String name) {
        return weight(name, value(name));
    }

    /** Adds numbers to the graph under a name of the layer, and returns their tensor. */
    String weight(String name, Array numbers) {
        return graph.weight(path.replace('/', '.') + "." + name, packed(numbers));
    }

    /** Adds a number to the graph, and returns its tensor. */
    String constant(double number) {
        return type == DataType.DOUBLE
                ? graph.constant(TensorBridge.data(Tensor.ofDoubles(new double[] {number})))
                : graph.constant((float) number);
    }

    private TensorData packed(Array numbers) {
        long[] shape = Arrays.stream(numbers.shape()).asLongStream().toArray();
        return type == DataType.DOUBLE
                ? TensorBridge.data(Tensor.ofDoubles(numbers.values(), shape))
                : TensorData.of(floats(numbers.values()), shape);
    }

    /** Returns each number as the nearest float. */
    static float[] floats(double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    /** Checks that the input has as many axes as a shape in words, such as "[batch, steps, features]". */
    void requireAxes(String expected) {
        if (input.rank() != expected.split(",").length) {
            throw refusal("it takes " + expected + ", but its input is " + Dimension.format(input.shape()));
        }
    }

    /** Checks the size of an axis of the input, which the weights determine. */
    void requireSize(int axis, String name, int expected) {
        if (input.rank() <= axis || !input.shape().get(axis).equals(Dimension.of(expected))) {
            throw refusal("it takes " + expected + " " + name + " in axis " + axis + ", but its input is "
                    + Dimension.format(input.shape()));
        }
    }

    /** Checks that ONNX Runtime has the layer's operator for the type of the file's numbers. */
    void requireFloats(String operator) {
        if (type == DataType.DOUBLE) {
            throw refusal("ONNX Runtime has no " + operator + " for doubles; declare an input of type FLOAT");
        }
    }

    /** Returns the exception for a layer that cannot be exported as it is. */
    UnsupportedNetworkException refusal(String reason) {
        return refusal(List.of(name(path, layer) + ": " + reason));
    }

    static UnsupportedNetworkException refusal(List<String> parts) {
        return new UnsupportedNetworkException(
                parts,
                "Build the network from layers of the package dev.jzoo.scratch.layers, for inputs of their shapes.");
    }

    /** Returns a layer's name for people: "2 (Conv2d)". */
    static String name(String path, NeuralLayer layer) {
        String simple = layer.getClass().getSimpleName();
        return path + " (" + (simple.isEmpty() ? layer.getClass().getName() : simple) + ")";
    }
}
