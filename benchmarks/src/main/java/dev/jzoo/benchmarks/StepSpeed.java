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
import java.nio.file.Files;

/**
 * Seconds of each step of a recipe's training, one a line: batch, gradients and update, as {@code jzoo train} takes them. What epochs are
 * measured on is left out, and it ends before the model is.
 *
 * <pre>java StepSpeed RECIPE ENGINE STEPS EPOCHS</pre>
 */
public final class StepSpeed {

    /** Thrown when there were enough steps. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Notes when steps end. */
    private static final class Clock implements TrainingListener {

        private long last = System.nanoTime();

        @Override
        public void step(int epoch, int epochs, long done, long total) {
            long now = System.nanoTime();
            System.out.printf("%.6f%n", (now - last) / 1e9);
            last = now;
            if (done >= total && epoch == epochs - 1) {
                throw new Enough();
            }
        }

        @Override
        public void epoch(Epoch epoch, int epochs) {
            last = System.nanoTime();
        }
    }

    private StepSpeed() {}

    public static void main(String[] args) throws Exception {
        Recipe recipe = Recipes.get(args[0]);
        Hyperparameters defaults = recipe.defaults();
        int steps = Integer.parseInt(args[2]);
        TrainingRun run = new TrainingRun(
                Engine.of(args[1]),
                defaults.withEpochs(Integer.parseInt(args[3])).withLimit(steps * defaults.batch()),
                Store.standard(),
                RunFolder.at(Files.createTempDirectory("steps")),
                Compute.standard(),
                new Clock());
        try {
            recipe.train(run);
        } catch (Enough e) {
            System.out.flush();
            Runtime.getRuntime().halt(0); // threads of an engine need not end first
        }
    }
}
