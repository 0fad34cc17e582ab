package dev.jzoo.export;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Pre-processing that converts rows of numbers in their own units, float [batch, values], such as a table's columns or
 * a signal, to the values that a network was trained on: {@code (value - mean) / deviation} for each column, in the
 * shape that the network reads.
 *
 * @param name name of the file's input
 * @param values number of values in a row
 * @param mean mean of each column; empty to leave values unchanged
 * @param deviation deviation of each column; empty to leave values unchanged
 * @param shape shape of one example at the network's input, with as many numbers as the row
 */
public record ValuesInput(String name, int values, List<Float> mean, List<Float> deviation, List<Long> shape)
        implements Preprocessing {

    public ValuesInput {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        shape = List.copyOf(shape);
        if (mean.size() != deviation.size() || (!mean.isEmpty() && mean.size() != values)) {
            throw new IllegalArgumentException(
                    "Expected " + values + " means and deviations, one for each column, or none; found " + mean.size()
                            + " means and " + deviation.size() + " deviations.");
        }
        if (shape.stream().reduce(1L, Math::multiplyExact) != values) {
            throw new IllegalArgumentException("A row of " + values + " values does not fill the shape " + shape + ".");
        }
    }

    /** Returns pre-processing that leaves the values unchanged. */
    public static ValuesInput plain(String name, int values, long... shape) {
        return new ValuesInput(
                name, values, List.of(), List.of(), LongStream.of(shape).boxed().toList());
    }

    /** Returns pre-processing with the mean and the deviation of each column, in one axis. */
    public static ValuesInput standardised(String name, List<Float> mean, List<Float> deviation) {
        return new ValuesInput(name, mean.size(), mean, deviation, List.of((long) mean.size()));
    }

    @Override
    public ValueInfo input() {
        return new ValueInfo(name, DataType.FLOAT, Dimension.batchOf(values));
    }

    @Override
    public String emit(GraphBuilder graph, String input) {
        graph.scope("preprocess");
        String value = input;
        if (!mean.isEmpty()) {
            String centred = graph.op("Sub", value, graph.constant(row(mean))).emit();
            value = graph.op("Div", centred, graph.constant(row(deviation))).emit();
        }
        if (shape.size() == 1) {
            return value;
        }
        long[] target = LongStream.concat(LongStream.of(0), shape.stream().mapToLong(Long::longValue))
                .toArray();
        return graph.op("Reshape", value, graph.constant(target)).emit();
    }

    private TensorData row(List<Float> numbers) {
        float[] array = new float[values];
        for (int i = 0; i < values; i++) {
            array[i] = numbers.get(i);
        }
        return TensorData.of(array, values);
    }
}
