package dev.jzoo.export.dl4j;

import dev.jzoo.export.InputValues;
import dev.jzoo.export.dl4j.layers.Masking;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An input with the number of valid steps of each sequence, from 1 to all steps: the equivalent of DL4J's masks.
 *
 * @param name name of the input; empty for none
 * @param index index of the network's input that has the steps
 * @param timeAxis axis of the steps in that input
 * @param time dimension of that axis
 */
record SequenceLengths(String name, int index, int timeAxis, Dimension time) implements InputValues {

    static final SequenceLengths NONE = new SequenceLengths("", 0, 0, Dimension.BATCH);

    /**
     * Creates the lengths of the only input with an open axis after the batch; fails with IllegalArgumentException if
     * there are several or none.
     */
    static SequenceLengths of(String name, List<ValueInfo> inputs) {
        List<Integer> sequences = IntStream.range(0, inputs.size())
                .filter(i -> openAxes(inputs.get(i)).length == 1)
                .boxed()
                .toList();
        if (sequences.size() != 1) {
            throw new IllegalArgumentException(
                    "Lengths need exactly one input with exactly one axis of any size for the steps; the"
                            + " inputs are "
                            + inputs + ". Declare that axis with Dimension.of(\"time\").");
        }
        int index = sequences.get(0);
        int axis = openAxes(inputs.get(index))[0];
        return new SequenceLengths(name, index, axis, inputs.get(index).shape().get(axis));
    }

    private static int[] openAxes(ValueInfo input) {
        return IntStream.range(1, input.shape().size())
                .filter(axis -> !(input.shape().get(axis) instanceof Dimension.FixedDimension))
                .toArray();
    }

    /** Returns the input in the file, if there is one. */
    List<ValueInfo> input() {
        return name.isEmpty() ? List.of() : List.of(new ValueInfo(name, DataType.INT32, List.of(Dimension.BATCH)));
    }

    /**
     * @param names names of the network's inputs
     * @param tensors tensors of the graph: the network's inputs, then the lengths
     */
    Masking masking(List<String> names, List<String> tensors) {
        return name.isEmpty()
                ? Masking.NONE
                : new Masking(tensors.get(names.size()), names.get(index), tensors.get(index), timeAxis);
    }

    /**
     * Returns DL4J's masks by the names of inputs.
     *
     * @param given the network's inputs, then the lengths
     */
    Map<String, INDArray> masks(List<String> names, List<Tensor> given) {
        if (name.isEmpty()) {
            return Map.of();
        }
        int[] lengths = given.get(names.size()).ints();
        int steps = Math.toIntExact(given.get(index).shape()[timeAxis]);
        float[] mask = new float[lengths.length * steps];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i % steps < lengths[i / steps] ? 1 : 0;
        }
        return Map.of(names.get(index), Nd4j.create(mask, new long[] {lengths.length, steps}, 'c'));
    }

    @Override
    public Tensor draw(ValueInfo input, ToLongFunction<Dimension> sizes, Random random) {
        int batch = Math.toIntExact(sizes.applyAsLong(Dimension.BATCH));
        int steps = Math.toIntExact(sizes.applyAsLong(time));
        return Tensor.ofInts(random.ints(batch, 1, steps + 1).toArray(), batch);
    }
}
