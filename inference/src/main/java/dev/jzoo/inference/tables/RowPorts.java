package dev.jzoo.inference.tables;

import dev.jzoo.inference.BatchSize;
import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Port;
import dev.jzoo.inference.Tensor;
import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.JZooException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The ports of a graph that takes rows of numbers, float [batch, values], and returns numbers for each row, float [batch,
 * outputs].
 *
 * @param input name of its input
 * @param batch number of rows in one call
 * @param values numbers in a row
 * @param output name of its output
 * @param outputs numbers returned for each row
 */
@Internal
public record RowPorts(String input, BatchSize batch, int values, String output, Dimension outputs) {

    /** Largest batch. More rows are run in several batches, so that memory stays bounded. */
    private static final int LARGEST_BATCH = 1024;

    /**
     * Returns the ports of a model. Fails with a JZooException that says what was expected.
     *
     * @param kind the expected kind of model: "regressor"
     * @param outputs the expected shape of its output: "[batch, 1]"
     */
    public static RowPorts of(OnnxModel model, String kind, String outputs) {
        if (model.inputs().size() != 1 || model.outputs().size() != 1) {
            throw refused(model, kind, outputs);
        }
        Port input = model.inputs().get(0);
        Port output = model.outputs().get(0);
        if (!isMatrix(input) || !isMatrix(output) || input.size(1) < 1) {
            throw refused(model, kind, outputs);
        }
        return new RowPorts(
                input.name(),
                BatchSize.of(model, input, LARGEST_BATCH),
                input.size(1),
                output.name(),
                output.shape().get(1));
    }

    private static boolean isMatrix(Port port) {
        return port.type() == ElementType.FLOAT && port.shape().size() == 2;
    }

    static JZooException refused(OnnxModel model, String kind, String outputs) {
        return new JZooException(
                JZooException.Code.BAD_INPUT,
                model.name() + " is not a " + kind + ": expected one input float [batch, values] and one output float "
                        + outputs + ", found " + model.inputs() + " -> " + model.outputs() + ".",
                "Run it with tensors, with OnnxModel.");
    }

    /**
     * Runs rows.
     *
     * @param names names of the values, for messages; empty if they have none
     * @return [rows, outputs], row by row
     * @throws IllegalArgumentException if a row has another number of values, or a value that is not finite
     */
    public float[] run(OnnxModel model, List<double[]> rows, List<String> names) {
        for (int i = 0; i < rows.size(); i++) {
            check(model, rows.get(i), rows.size() == 1 ? "" : "Row " + i + ": ", names);
        }
        float[] results = new float[0];
        int from = 0;
        for (List<double[]> lot : batch.lots(rows)) {
            // A graph with a fixed batch gets a full batch. Unused rows are 0 and their results are ignored.
            int size = batch.of(lot.size());
            float[] chunk = new float[Math.multiplyExact(size, values)];
            for (int i = 0; i < lot.size() * values; i++) {
                chunk[i] = (float) lot.get(i / values)[i % values];
            }
            Tensor given = Tensor.adopt(ElementType.FLOAT, chunk, new long[] {size, values});
            Tensor result = Objects.requireNonNull(
                    model.run(Map.of(input, given), Set.of(output)).get(output));
            float[] part = (float[]) result.elements();
            if (result.sizes().length != 2 || result.sizes()[0] != size) {
                throw new JZooException(
                        JZooException.Code.BAD_INPUT,
                        model.name() + " returned " + result + "; expected numbers for each of " + size + " rows.",
                        "Run it with tensors, with OnnxModel.");
            }
            int each = (int) result.sizes()[1];
            if (from == 0) {
                results = new float[rows.size() * each];
            }
            System.arraycopy(part, 0, results, from * each, lot.size() * each);
            from += lot.size();
        }
        return results;
    }

    private void check(OnnxModel model, double[] row, String place, List<String> names) {
        if (row.length != values) {
            throw new IllegalArgumentException(place + model.name() + " expects " + values + " values"
                    + (names.isEmpty() ? "" : " (" + String.join(", ", names) + ")") + ", found " + row.length
                    + ".");
        }
        for (int i = 0; i < row.length; i++) {
            if (!Double.isFinite(row[i])) {
                throw new IllegalArgumentException(place + (names.isEmpty() ? "value " + i : names.get(i)) + " is "
                        + row[i] + "; expected a finite number.");
            }
        }
    }
}
