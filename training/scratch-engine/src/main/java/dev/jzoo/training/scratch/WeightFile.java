package dev.jzoo.training.scratch;

import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.layers.BatchNorm;
import dev.jzoo.scratch.layers.ResidualLayer;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The engine's own file of weights, big-endian:
 *
 * <pre>
 * int "JZSW", int version 1, int number of arrays
 * for each array: its name as DataOutput.writeUTF, int number of values, the values as doubles
 * </pre>
 *
 * The arrays are the weights and the running averages of the layers, in the order of the network, named "2.weight" or "3.body.0.bias".
 */
final class WeightFile {

    private static final int MAGIC = 0x4A5A5357;
    private static final int VERSION = 1;

    private WeightFile() {}

    static void write(OutputStream out, NeuralNetwork network) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        Map<String, double[]> arrays = arrays(network);
        data.writeInt(MAGIC);
        data.writeInt(VERSION);
        data.writeInt(arrays.size());
        for (Map.Entry<String, double[]> array : arrays.entrySet()) {
            data.writeUTF(array.getKey());
            writeNumbers(data, array.getValue());
        }
        data.flush();
    }

    /**
     * Reads weights into a network.
     *
     * @param source name of the file, for messages
     * @throws DataFormatException if they are not the weights of such a network, before any of them changes
     */
    static void read(InputStream in, NeuralNetwork network, String source) throws IOException {
        Map<String, double[]> arrays = arrays(network);
        Map<String, double[]> found = new LinkedHashMap<>();
        DataInputStream data = new DataInputStream(in);
        try {
            require(source, "the first bytes", "JZSW", MAGIC, data.readInt());
            require(source, "the version", "1", VERSION, data.readInt());
            require(
                    source,
                    "the number of arrays",
                    arrays.size() + " of " + arrays.keySet(),
                    arrays.size(),
                    data.readInt());
            for (Map.Entry<String, double[]> array : arrays.entrySet()) {
                String name = data.readUTF();
                if (!name.equals(array.getKey())) {
                    throw new DataFormatException(
                            source,
                            "not the weights of the recipe's network: expected '" + array.getKey() + "', found '" + name
                                    + "'");
                }
                double[] values = new double[array.getValue().length];
                readNumbers(data, values, source + ": '" + name + "'");
                found.put(name, values);
            }
        } catch (EOFException e) {
            throw new DataFormatException(source, "not the weights of the recipe's network: the file ends early");
        }
        found.forEach((name, values) -> System.arraycopy(values, 0, arrays.get(name), 0, values.length));
    }

    private static void require(String source, String what, String words, int expected, int found)
            throws DataFormatException {
        if (found != expected) {
            throw new DataFormatException(
                    source,
                    "not the weights of the recipe's network: expected " + what + " to be " + words + ", found "
                            + found);
        }
    }

    /** Writes the number of values, then the values. */
    static void writeNumbers(DataOutputStream data, double[] values) throws IOException {
        data.writeInt(values.length);
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES));
        bytes.asDoubleBuffer().put(values);
        data.write(bytes.array());
    }

    /** Reads as many values as the array has. */
    static void readNumbers(DataInputStream data, double[] values, String what) throws IOException {
        int count = data.readInt();
        if (count != values.length) {
            throw new DataFormatException(what, "expected " + values.length + " values, found " + count);
        }
        byte[] bytes = new byte[Math.multiplyExact(values.length, Double.BYTES)];
        data.readFully(bytes);
        ByteBuffer.wrap(bytes).asDoubleBuffer().get(values);
    }

    private static Map<String, double[]> arrays(NeuralNetwork network) {
        Map<String, double[]> arrays = new LinkedHashMap<>();
        collect(network, "", arrays);
        return arrays;
    }

    private static void collect(NeuralLayer layer, String prefix, Map<String, double[]> arrays) {
        if (layer instanceof NeuralNetwork chain) {
            for (int i = 0; i < chain.layers().size(); i++) {
                collect(chain.layers().get(i), prefix + i + ".", arrays);
            }
        } else if (layer instanceof ResidualLayer residual) {
            collect(residual.body(), prefix + "body.", arrays);
        } else {
            for (Weight weight : layer.weights()) {
                arrays.put(prefix + weight.name(), weight.value().values());
            }
            if (layer instanceof BatchNorm norm) {
                arrays.put(prefix + "runningMean", norm.runningMean());
                arrays.put(prefix + "runningVariance", norm.runningVariance());
            }
        }
    }
}
