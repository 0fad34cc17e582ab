package dev.jzoo.export;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;

/**
 * Random inputs for a network. Every symbolic axis beside the batch has a size of its own (21, 39, ... at the first batch
 * size, 34, 56, ... at the second), so that heights taken for widths, and sizes that were written down as constants, are found.
 * No front end records a network at these sizes: what follows from two recordings alone must hold at others.
 */
public final class ParityInputs {

    /** Batch sizes that are tried. */
    public static final List<Integer> BATCHES = List.of(1, 3);

    private static final int SEED = 20260701;

    private final List<ValueInfo> inputs;
    private final SourceNetwork network;
    private final NetworkBorder border;
    private final List<String> symbols = new ArrayList<>();

    /**
     * @param inputs of the file
     * @param border of the network in it: what the network reads unchanged, it gives examples of
     */
    public ParityInputs(List<ValueInfo> inputs, SourceNetwork network, NetworkBorder border) {
        this.network = network;
        this.border = border;
        this.inputs = List.copyOf(inputs);
        for (ValueInfo input : inputs) {
            for (Dimension dim : input.shape()) {
                if (dim instanceof Dimension.SymbolicDimension symbol
                        && !dim.equals(Dimension.BATCH)
                        && !symbols.contains(symbol.name())) {
                    symbols.add(symbol.name());
                }
            }
        }
    }

    /** An example of each input, by name; the same at each call. */
    public Map<String, Tensor> of(int batch) {
        Random random = new Random(SEED + batch);
        Map<String, Tensor> examples = new LinkedHashMap<>();
        inputs.forEach(input -> examples.put(input.name(), example(input, batch, random)));
        return examples;
    }

    private long size(Dimension dim, int batch) {
        if (dim instanceof Dimension.FixedDimension fixed) {
            return fixed.size();
        } else if (dim.equals(Dimension.BATCH)) {
            return batch;
        }
        // An axis without a name shares the first size: nothing says that it is another's.
        int position = dim instanceof Dimension.SymbolicDimension symbol ? symbols.indexOf(symbol.name()) : 0;
        return batch == BATCHES.get(0) ? 21 + 18L * position : 34 + 22L * position;
    }

    private Tensor example(ValueInfo input, int batch, Random random) {
        ToLongFunction<Dimension> sizes = dim -> size(dim, batch);
        for (int i = 0; i < border.read().size(); i++) {
            if (border.read().get(i).name().equals(input.name())) {
                return network.example(network.inputs().get(i), sizes, random);
            }
        }
        return random(input, sizes, random);
    }

    /** Normal deviates for real numbers, 0 and 1 for whole ones, any byte for pixels. */
    static Tensor random(ValueInfo input, ToLongFunction<Dimension> sizes, Random random) {
        long[] shape = input.shape().stream().mapToLong(sizes).toArray();
        int size = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        DataType type = input.type();
        if (type == DataType.UINT8) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            return Tensor.ofBytes(bytes, shape);
        } else if (type == DataType.INT64) {
            return Tensor.ofLongs(random.longs(size, 0, 2).toArray(), shape);
        } else if (type == DataType.INT32) {
            return Tensor.ofInts(random.ints(size, 0, 2).toArray(), shape);
        } else if (type == DataType.BOOL) {
            boolean[] flags = new boolean[size];
            for (int i = 0; i < size; i++) {
                flags[i] = random.nextBoolean();
            }
            return Tensor.ofBooleans(flags, shape);
        } else if (type == DataType.DOUBLE) {
            return Tensor.ofDoubles(random.doubles(size).toArray(), shape);
        } else if (type == DataType.FLOAT) {
            float[] floats = new float[size];
            for (int i = 0; i < size; i++) {
                floats[i] = (float) random.nextGaussian();
            }
            return Tensor.of(floats, shape);
        }
        throw new IllegalArgumentException("Input '" + input.name() + "': no random values of " + type + ".");
    }
}
