package dev.jzoo.recipes.tables;

import dev.jzoo.datasets.NumericTable;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.inference.Tensor;
import dev.jzoo.zoo.card.ModelCard;

/**
 * Rows of a table, separated into inputs and target.
 *
 * @param inputs [rows][input columns]
 * @param truth the target column
 * @param provenance the source of the table
 */
record TableRows(double[][] inputs, double[] truth, Provenance provenance) {

    /** Name of the file's input. */
    static final String INPUT = "features";

    static TableRows of(NumericTable table, ModelCard.Columns columns) {
        return new TableRows(table.columns(columns.features()), table.column(columns.target()), table.provenance());
    }

    int size() {
        return truth.length;
    }

    int width() {
        return inputs[0].length;
    }

    /** Returns the inputs as the file's input: [rows, columns]. */
    Tensor tensor() {
        int width = width();
        float[] values = new float[inputs.length * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) inputs[i / width][i % width];
        }
        return Tensor.of(values, inputs.length, width);
    }
}
