package dev.jzoo.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Epoch;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Overrides;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.Recipes;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The training engine in plain Java beside DJL and DL4J, on MNIST: the same loss curve, in doubles and in floats. JZOO_MIRROR names the
 * data.
 */
@Tag("acceptance")
class ScratchAcceptanceTest {

    private static final List<String> ENGINES = List.of("scratch", "djl", "dl4j");

    /** The course's accuracy of softmax regression. */
    private static final double PUBLISHED = 0.9224;

    /** Examples of 32 batches. */
    private static final int BEGINNING = 4096;

    @TempDir
    Path folder;

    /** The epochs of a run and what it led to. */
    private record Curve(List<Epoch> epochs, TrainingResult result) {

        double loss(int epoch) {
            return epochs.get(epoch).loss();
        }

        double secondsOfTheFastestEpoch() {
            return epochs.stream().mapToDouble(Epoch::seconds).min().orElseThrow();
        }
    }

    private Curve train(String recipe, String engine, Hyperparameters settings) throws IOException {
        Recipe found = Recipes.get(recipe);
        List<Epoch> seen = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epoch(Epoch epoch, int count) {
                seen.add(epoch);
            }
        };
        TrainingRun run = new TrainingRun(
                Engine.of(engine),
                settings,
                Store.standard(),
                RunFolder.at(folder.resolve(recipe + "-" + engine + "-" + settings.limit())),
                Compute.standard(),
                listener);
        return new Curve(seen, found.train(run));
    }

    private List<Curve> trainWithEach(String recipe, Hyperparameters settings) throws IOException {
        List<Curve> curves = new ArrayList<>();
        for (String engine : ENGINES) {
            curves.add(train(recipe, engine, settings));
        }
        System.out.printf(
                Locale.ROOT,
                "%s on %s examples, loss of each epoch%n%5s",
                recipe,
                settings.limit() == 0 ? "all" : settings.limit(),
                "epoch");
        ENGINES.forEach(engine -> System.out.printf(Locale.ROOT, " %12s", engine));
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            System.out.printf(Locale.ROOT, "%n%5d", epoch + 1);
            for (Curve curve : curves) {
                System.out.printf(Locale.ROOT, " %12.9f", curve.loss(epoch));
            }
        }
        System.out.printf(Locale.ROOT, "%n%5s", "s");
        curves.forEach(curve -> System.out.printf(Locale.ROOT, " %12.3f", curve.secondsOfTheFastestEpoch()));
        System.out.printf(Locale.ROOT, "%n%5s", "test");
        curves.forEach(curve ->
                System.out.printf(Locale.ROOT, " %12.4f", curve.result().metric("test.accuracy")));
        System.out.println();
        return curves;
    }

    private static void requireSixDigits(double expected, double found, String where) {
        assertEquals("%.5e".formatted(expected), "%.5e".formatted(found), where);
    }

    @Test
    void softmaxRegressionHasTheLossCurveOfTheOtherEngines() throws IOException {
        List<Curve> curves =
                trainWithEach("mnist-logistic", Recipes.get("mnist-logistic").defaults());
        Curve scratch = curves.get(0);
        for (Curve other : curves.subList(1, curves.size())) {
            requireSixDigits(other.loss(0), scratch.loss(0), "the first epoch");
            for (int epoch = 0; epoch < scratch.epochs().size(); epoch++) {
                assertEquals(other.loss(epoch), scratch.loss(epoch), 1e-5 * other.loss(epoch), "epoch " + epoch);
            }
        }
        assertEquals(PUBLISHED, scratch.result().metric("test.accuracy"), 0.004);
        assertTrue(scratch.result().parity().agrees());
    }

    /**
     * Without dropout, whose masks each engine draws in its own way. After about a hundred steps the engines part: where a float and a double
     * lie on two sides of the edge of a ReLU, a gradient differs as a whole. Two runs with doubles part in the same way if their weights
     * differ by the rounding of floats.
     */
    @Test
    void aPerceptronTakesTheSameStepsUntilARoundingCrossesTheEdgeOfARelu() throws IOException {
        Overrides plain = Overrides.none().with(Overrides.Overridable.DROPOUT, "0");
        Hyperparameters settings = Recipes.get("mnist-mlp").defaults().withOverrides(plain);
        List<Curve> begun = trainWithEach("mnist-mlp", settings.withEpochs(1).withLimit(BEGINNING));
        List<Curve> whole = trainWithEach("mnist-mlp", settings.withEpochs(2));
        for (int other = 1; other < ENGINES.size(); other++) {
            double loss = begun.get(other).loss(0);
            assertEquals(loss, begun.get(0).loss(0), 1e-5 * loss, ENGINES.get(other));
            assertEquals(whole.get(other).loss(0), whole.get(0).loss(0), 5e-3, ENGINES.get(other));
        }
    }
}
