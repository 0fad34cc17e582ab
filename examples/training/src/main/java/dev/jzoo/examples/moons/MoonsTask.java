package dev.jzoo.examples.moons;

import dev.jzoo.datasets.Provenance;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.Postprocessing;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.training.ClassifierScores;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.LayeredNetwork;
import dev.jzoo.training.recipe.Measurement;
import dev.jzoo.training.recipe.ModelDescription;
import dev.jzoo.training.recipe.ModelText;
import dev.jzoo.training.recipe.NetworkDesign;
import dev.jzoo.training.recipe.TrainingTask;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.card.Task;
import dev.jzoo.zoo.file.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The training of {@link MoonsRecipe}: its data, network, plan, export, measurement and description.
 *
 * @param train points for training
 * @param test points for measuring
 */
record MoonsTask(MoonPoints train, MoonPoints test) implements TrainingTask {

    @Override
    public List<Provenance> data() {
        return List.of(provenance("train", train), provenance("test", test));
    }

    private static Provenance provenance(String part, MoonPoints data) {
        float[] values = data.flat();
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        return new Provenance("moons", part, Sha256.of(bytes.array()), "Drawn by MoonPoints.");
    }

    @Override
    public String preparation(Engine engine) {
        return "points as they are";
    }

    @Override
    public NetworkDesign network() {
        return LayeredNetwork.of(Network.of(2).dense(32).relu().dense(32).relu().dense(2));
    }

    @Override
    public Plan plan(Hyperparameters settings) {
        return Plan.of(Objective.crossEntropy(), Optimizer.adam(), settings);
    }

    @Override
    public Examples examples(TrainingRun run) {
        int count = run.hyperparameters().limited(train.moons().length);
        float[] points = Arrays.copyOf(train.flat(), 2 * count);
        return Examples.classes(points, Arrays.copyOf(train.moons(), count), 2);
    }

    @Override
    public OnnxExporter exporter(Engine engine, Object network) {
        OnnxExporter exporter = OnnxExporter.of(network).input("point", DataType.FLOAT, Dimension.batchOf(2));
        return engine.classOutput() == Engine.ClassOutput.LOGITS
                ? exporter.after(Postprocessing.softmax("probabilities"))
                : exporter.outputs("probabilities");
    }

    @Override
    public ModelDescription description() {
        return new ModelText(
                        "Takes points, float [batch, 2]: x and y. Returns the probability of each moon.",
                        List.of("moons"),
                        List.of("It knows only these two moons."))
                .forTask(Task.TABULAR_CLASSIFICATION)
                .withLabels(List.of("upper", "lower"));
    }

    @Override
    public Measurement measure(OnnxModel model) {
        Tensor points = Tensor.of(test.flat(), test.moons().length, 2);
        float[] probabilities =
                model.run(Map.of("point", points)).get("probabilities").floats();
        double accuracy = ClassifierScores.accuracy(probabilities, test.moons());
        return () -> new TreeMap<>(Map.of("test.accuracy", accuracy));
    }

    @Override
    public List<Map<String, Tensor>> testVectors() {
        return List.of(
                Map.of("point", Tensor.of(new float[] {0, 1}, 1, 2)),
                Map.of("point", Tensor.of(new float[] {1, 0.5f}, 1, 2)),
                Map.of("point", Tensor.of(new float[] {1, -0.5f}, 1, 2)));
    }
}
