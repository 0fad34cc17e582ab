package dev.jzoo.recipes.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Mean and standard deviation of each input column, over the training rows. */
record ColumnScaling(List<Float> mean, List<Float> deviation) {

    static ColumnScaling of(double[][] rows) {
        List<Float> mean = new ArrayList<>();
        List<Float> deviation = new ArrayList<>();
        for (int c = 0; c < rows[0].length; c++) {
            int column = c;
            double average = Arrays.stream(rows)
                    .mapToDouble(row -> row[column])
                    .average()
                    .orElseThrow();
            double variance = Arrays.stream(rows)
                    .mapToDouble(row -> (row[column] - average) * (row[column] - average))
                    .average()
                    .orElseThrow();
            mean.add((float) average);
            deviation.add((float) Math.sqrt(variance));
        }
        return new ColumnScaling(mean, deviation);
    }

    float apply(double value, int column) {
        return (float) ((value - mean.get(column)) / deviation.get(column));
    }
}
