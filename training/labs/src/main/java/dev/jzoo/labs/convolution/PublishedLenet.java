package dev.jzoo.labs.convolution;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.layers.Conv2d;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.layers.FlattenLayer;
import dev.jzoo.scratch.layers.MaxPool2d;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The zoo's LeNet for digits, which is in JZoo's own jar: its file, and its weights in the layers of the library from scratch. */
public final class PublishedLenet {

    private PublishedLenet() {}

    /** Returns the file of the model mnist-lenet, copied from the jar to the cache if it is not there yet. */
    public static Path file(Store store) throws IOException {
        return Zoo.of(store).pull("mnist-lenet", ProgressListener.NONE).model();
    }

    /**
     * Returns the network from pixels [batch, 1, 28, 28] of 0 to 1 to logits [batch, 10], with the weights of the file. ONNX Runtime
     * cannot tell a gradient, this network can.
     */
    public static NeuralNetwork network(Path file) throws IOException {
        OnnxFile onnx = OnnxFile.read(file);
        return NeuralNetwork.of(
                convolution(onnx, "01Conv2d", 2),
                Elementwise.relu(),
                new MaxPool2d(2, 2),
                convolution(onnx, "04Conv2d", 0),
                Elementwise.relu(),
                new MaxPool2d(2, 2),
                new FlattenLayer(),
                dense(onnx, "08Linear"),
                Elementwise.relu(),
                dense(onnx, "10Linear"),
                Elementwise.relu(),
                dense(onnx, "12Linear"));
    }

    /** Returns a convolutional layer with stride 1. */
    private static NeuralLayer convolution(OnnxFile file, String name, int padding) throws IOException {
        return new Conv2d(weight(file, name + ".weight"), weight(file, name + ".bias"), 1, padding);
    }

    /** Returns a dense layer; the file has the transpose of its matrix. */
    private static NeuralLayer dense(OnnxFile file, String name) throws IOException {
        return new DenseLayer(weight(file, name + ".weight").transpose(), weight(file, name + ".bias"));
    }

    private static Array weight(OnnxFile file, String name) throws IOException {
        TensorData data = file.graph().initializers().get(name);
        float[] floats = data.floats();
        double[] values = new double[floats.length];
        Arrays.setAll(values, i -> floats[i]);
        return Array.of(
                values, Arrays.stream(data.dims()).mapToInt(Math::toIntExact).toArray());
    }

    /** Returns some digits as the input of the file, uint8 [count, 28, 28, 1]. */
    public static Tensor pixels(LabelledImages digits, int from, int count) {
        byte[] batch = new byte[count * digits.valuesPerImage()];
        digits.gather(IntStream.range(from, from + count).toArray(), batch);
        return Tensor.ofBytes(batch, count, digits.height(), digits.width(), digits.channels());
    }

    /** Returns a tensor as an array. */
    public static Array array(Tensor tensor) {
        return Array.of(
                tensor.numbers(),
                Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray());
    }
}
