package dev.jzoo.benchmarks;

import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Epoch;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.Recipes;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The time of the training steps of a recipe as {@code jzoo train} runs them: batch, gradients and update. Measurements
 * after an epoch are excluded, and it stops before the model is written. Started by compare.py.
 */
final class StepSpeed {

    /** An exception that ends the training after enough steps. */
    private static final class EnoughSteps extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** A listener that records when steps end. */
    private static final class StepClock implements TrainingListener {

        private final List<Double> seconds = new ArrayList<>();
        private long last = System.nanoTime();

        @Override
        public void step(int epoch, int epochs, long done, long total) {
            long now = System.nanoTime();
            seconds.add((now - last) / 1e9);
            last = now;
            if (done >= total && epoch == epochs - 1) {
                throw new EnoughSteps();
            }
        }

        @Override
        public void epoch(Epoch epoch, int epochs) {
            last = System.nanoTime();
        }
    }

    private StepSpeed() {}

    /** Prints the seconds of each step, one per line. Arguments: RECIPE ENGINE STEPS EPOCHS. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of("benchmarks", "target", "steps"));
        Samples seconds = measure(
                Recipes.get(arguments[0]),
                Engine.of(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Files.createTempDirectory(folder, arguments[0]));
        seconds.values().forEach(each -> System.out.printf(Locale.ROOT, "%.6f%n", each));
        System.out.flush();
        Runtime.getRuntime().halt(0); // does not wait for the engine's threads
    }

    /**
     * Trains and returns the seconds of each step.
     *
     * @param steps number of steps in an epoch
     * @param folder empty folder for the run
     */
    static Samples measure(Recipe recipe, Engine engine, int steps, int epochs, Path folder) throws IOException {
        Hyperparameters defaults = recipe.defaults();
        StepClock clock = new StepClock();
        TrainingRun run = new TrainingRun(
                engine,
                defaults.withEpochs(epochs).withLimit(steps * defaults.batch()),
                Store.standard(),
                RunFolder.at(folder),
                Compute.standard(),
                clock);
        try {
            recipe.train(run);
        } catch (EnoughSteps e) {
            return new Samples(clock.seconds);
        }
        throw new IllegalStateException("The recipe " + recipe.id() + " ended before its last step.");
    }
}
