package dev.jzoo.recipes.tables;

import dev.jzoo.datasets.NumericTable;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.ValuesInput;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.recipes.Baselines;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Plan;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.recipe.LayeredNetwork;
import dev.jzoo.training.recipe.Measurement;
import dev.jzoo.training.recipe.ModelDescription;
import dev.jzoo.training.recipe.NetworkDesign;
import dev.jzoo.training.recipe.TrainingTask;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.card.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The training of a {@link TableRegression} on its table.
 *
 * @param train rows to train on
 * @param test rows to measure on
 */
record TableTraining(TableRegression recipe, TableRows train, TableRows test, ColumnScaling scaling)
        implements TrainingTask {

    static TableTraining of(TableRegression recipe, NumericTable.TableSplit split) {
        TableRows train = TableRows.of(split.train(), recipe.columns());
        return new TableTraining(
                recipe, train, TableRows.of(split.test(), recipe.columns()), ColumnScaling.of(train.inputs()));
    }

    @Override
    public List<Provenance> data() {
        return List.of(train.provenance());
    }

    @Override
    public String preparation(Engine engine) {
        return recipe.preparation()
                + "; columns standardised by mean and deviation of the training rows; the order of each epoch is"
                + " a permutation by seed and epoch";
    }

    @Override
    public NetworkDesign network() {
        return LayeredNetwork.of(recipe.network());
    }

    @Override
    public Plan plan(Hyperparameters settings) {
        return recipe.plan(settings);
    }

    @Override
    public Examples examples(TrainingRun run) {
        return examples(train, run.hyperparameters().limited(train.size()));
    }

    private Examples examples(TableRows rows, int count) {
        int width = rows.width();
        float[] values = new float[count * width];
        float[] targets = new float[count];
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < width; column++) {
                values[row * width + column] = scaling.apply(rows.inputs()[row][column], column);
            }
            targets[row] = (float) rows.truth()[row];
        }
        return Examples.numbers(values, targets, 1, recipe.network().input());
    }

    @Override
    public Supplier<Map<String, Double>> watch(TrainingRun run, Learner learner) {
        Examples unseen = examples(test, test.size());
        return () -> Map.of("test.r2", Baselines.r2(doubles(learner.predict(unseen)), test.truth()));
    }

    private static double[] doubles(float[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i];
        }
        return result;
    }

    @Override
    public OnnxExporter exporter(Engine engine, Object network) {
        return OnnxExporter.of(network)
                .input("row", DataType.FLOAT, Dimension.batchOf(recipe.network().input()))
                .before(ValuesInput.standardised(TableRows.INPUT, scaling.mean(), scaling.deviation()))
                .outputs(TableMeasurement.OUTPUT);
    }

    @Override
    public ModelDescription description() {
        return recipe.words().forTask(Task.TABULAR_REGRESSION).withColumns(recipe.columns());
    }

    @Override
    public Measurement measure(OnnxModel model) {
        return TableMeasurement.of(model, train, test);
    }

    @Override
    public List<Map<String, Tensor>> testVectors() {
        return Arrays.stream(recipe.samples())
                .map(row -> Map.of(TableRows.INPUT, Tensor.of(row, 1, row.length)))
                .toList();
    }
}
