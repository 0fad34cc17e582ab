package com.example.moons;

import dev.jzoo.datasets.Provenance;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.onnx.DataType;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.LayeredNetwork;
import dev.jzoo.training.recipe.Measurement;
import dev.jzoo.training.recipe.ModelDescription;
import dev.jzoo.training.recipe.ModelText;
import dev.jzoo.training.recipe.NetworkDesign;
import dev.jzoo.training.recipe.NetworkRecipe;
import dev.jzoo.training.recipe.TrainingTask;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.card.Task;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A recipe of an application: height above or below two moons that lie in each other, made by formula. */
public final class TwoMoons implements NetworkRecipe {

    private static final int SIZE = 200;

    @Override
    public String id() {
        return "two-moons";
    }

    @Override
    public String title() {
        return "Two moons";
    }

    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(60, 20, 0.02, 1);
    }

    @Override
    public Headline headline() {
        return new Headline("train.mse", Better.LOWER);
    }

    @Override
    public TrainingTask prepare(Store store, ProgressListener listener) {
        float[] points = new float[2 * SIZE];
        float[] moons = new float[SIZE];
        Random random = new Random(5);
        for (int i = 0; i < SIZE; i++) {
            double angle = Math.PI * random.nextDouble();
            moons[i] = i % 2 == 0 ? 1 : -1;
            points[2 * i] = (float) (moons[i] * Math.cos(angle) + (i % 2 == 0 ? 0 : 1));
            points[2 * i + 1] = (float) (moons[i] * Math.sin(angle) + (i % 2 == 0 ? 0 : 0.5));
        }
        return new Moons(points, moons);
    }

    private record Moons(float[] points, float[] moons) implements TrainingTask {

        @Override
        public List<Provenance> data() {
            return List.of(new Provenance(
                    "two-moons", "all", Sha256.of("two moons".getBytes(StandardCharsets.UTF_8)), "Made by formula."));
        }

        @Override
        public String preparation(Engine engine) {
            return "points as they are";
        }

        @Override
        public NetworkDesign network() {
            return LayeredNetwork.of(Network.of(2).dense(16).relu().dropout(0.1).dense(1));
        }

        @Override
        public Plan plan(Hyperparameters settings) {
            return Plan.of(Objective.meanSquaredError(), Optimizer.adam(), settings);
        }

        @Override
        public Examples examples(TrainingRun run) {
            return Examples.numbers(points, moons, 1, 2);
        }

        @Override
        public OnnxExporter exporter(Engine engine, Object network) {
            return OnnxExporter.of(network)
                    .input("point", DataType.FLOAT, Dimension.batchOf(2))
                    .outputs("moon");
        }

        @Override
        public ModelDescription description() {
            return new ModelText("Takes points, [batch, 2].", List.of("moons"), List.of("It knows two moons only."))
                    .forTask(Task.TABULAR_REGRESSION);
        }

        @Override
        public Measurement measure(OnnxModel model) {
            double[] given = model.run(Map.of("point", Tensor.of(points, SIZE, 2))).get("moon").numbers();
            double sum = 0;
            for (int i = 0; i < SIZE; i++) {
                sum += (given[i] - moons[i]) * (given[i] - moons[i]) / SIZE;
            }
            double error = sum;
            return () -> new TreeMap<>(Map.of("train.mse", error));
        }

        @Override
        public List<Map<String, Tensor>> testVectors() {
            return List.of(
                    Map.of("point", Tensor.of(new float[] {0, 1}, 1, 2)),
                    Map.of("point", Tensor.of(new float[] {1, 0}, 1, 2)),
                    Map.of("point", Tensor.of(new float[] {2, 0.5f}, 1, 2)));
        }
    }
}
