package dev.jzoo.examples.moons;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.training.ClassifierScores;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.FittedNetwork;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.Recipes;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.Trainer;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.network.Network;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** A program that trains a network on the application's arrays, then trains the application's own recipe. */
public final class TrainMoons {

    private TrainMoons() {}

    /** Runs the program with one argument: the folder for the file and the run. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Path file = folder.resolve("moons.onnx");
        try (FittedNetwork moons = train(MoonPoints.draw(1_000, 1))) {
            moons.exporter().write(file);
        }
        System.out.printf(Locale.ROOT, "accuracy %.3f in %s%n", accuracy(file, MoonPoints.draw(1_000, 2)), file);

        TrainingResult result = trainRecipe(folder.resolve("run"));
        System.out.printf(Locale.ROOT, "accuracy %.3f in %s%n", result.metric("test.accuracy"), result.model());
    }

    /** Trains a network that predicts the moon of a point. */
    static FittedNetwork train(MoonPoints data) {
        return Trainer.on(data.points(), data.moons())
                .network(Network.of(2).dense(32).relu().dense(32).relu().dense(2))
                .epochs(20)
                .learningRate(0.01)
                .train();
    }

    /** Measures the accuracy of a file in ONNX Runtime. */
    private static double accuracy(Path file, MoonPoints data) throws IOException {
        try (OnnxModel model = OnnxModel.open(file, Device.cpu())) {
            Tensor points = Tensor.of(data.flat(), data.moons().length, 2);
            float[] probabilities =
                    model.run(Map.of("input", points)).get("probabilities").floats();
            return ClassifierScores.accuracy(probabilities, data.moons());
        }
    }

    /**
     * Trains {@link MoonsRecipe}, which the library finds by its name, and writes a model with its card and a report to the
     * folder.
     */
    private static TrainingResult trainRecipe(Path folder) throws IOException {
        Recipe recipe = Recipes.get("two-moons");
        Store store = Store.open(Settings.standard());
        return recipe.train(new TrainingRun(
                Engine.of("djl"),
                recipe.defaults(),
                store,
                RunFolder.at(folder),
                Compute.standard(),
                TrainingListener.NONE));
    }
}
