package dev.jzoo.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.Parity;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.Recipes;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The course's figures, reached by whole runs on the real data: JZOO_MIRROR names them. */
@Tag("acceptance")
class CourseAcceptanceTest {

    @TempDir
    Path folder;

    private TrainingResult train(String recipe, Engine engine, long seed) throws IOException {
        Recipe found = Recipes.get(recipe);
        TrainingResult result = found.train(new TrainingRun(
                engine,
                found.defaults().withSeed(seed),
                Store.standard(),
                RunFolder.at(folder.resolve("run-" + seed)),
                Compute.standard(),
                TrainingListener.NONE));
        assertTrue(result.parity().agrees(), result.parity().toString());
        // The larger batch contains examples of ten times the usual magnitude, with the rounding of their sums.
        double usual = result.parity().outcomes().stream()
                .filter(outcome -> outcome.batch() <= 3)
                .mapToDouble(Parity.OutputParity::maxError)
                .max()
                .orElseThrow();
        assertTrue(usual <= 1e-5, () -> usual + ": " + result.parity());
        return result;
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j", "scratch"})
    void softmaxRegressionOnMnistIsWithin04PointsOfTheCourse(Engine engine) throws IOException {
        assertEquals(0.9224, train("mnist-logistic", engine, 1).metric("test.accuracy"), 0.004);
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    void theMedianAirlineLstmOfFiveSeedsIsNearTheCourse(Engine engine) throws IOException {
        double[] train = new double[5];
        double[] test = new double[5];
        for (int seed = 1; seed <= 5; seed++) {
            TrainingResult result = train("airline-lstm", engine, seed);
            train[seed - 1] = result.metric("train.rmse");
            test[seed - 1] = result.metric("test.rmse");
        }
        Arrays.sort(train);
        Arrays.sort(test);
        assertEquals(22.76, train[2], 0.5);
        assertEquals(50.21, test[2], 2.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    void anLstmThatLooksBackAYearIsBelow30ThousandPassengers(Engine engine) throws IOException {
        TrainingResult result = train("airline-lstm-12", engine, 1);
        assertTrue(result.metric("test.rmse") < 30, result.card().metrics().toString());
        assertEquals(41.85, result.metric("seasonal.test.rmse"), 0.005);
        assertEquals(20.95, result.metric("ar12.test.rmse"), 0.005);
    }

    /** The noise has 0.1 in the long run, and 0.102 on the test values. */
    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    void oneRecurrentUnitComesNearTheNoiseOfTheSine(Engine engine) throws IOException {
        TrainingResult result = train("sine-rnn", engine, 1);
        assertTrue(result.metric("test.rmse") < 0.13, result.card().metrics().toString());
        assertTrue(result.metric("test.rmse") < 0.8 * result.metric("persistence.test.rmse"));
    }

    @ParameterizedTest
    @CsvSource({"mnist1d-logistic, 0.32", "mnist1d-mlp, 0.68", "mnist1d-cnn, 0.94", "mnist1d-gru, 0.91"})
    void theMedianOfThreeSeedsOnMnist1dIsNoMoreThanTwoPointsBelowThePublishedAccuracy(String recipe, double published)
            throws IOException {
        double[] accuracies = new double[3];
        for (int seed = 1; seed <= 3; seed++) {
            accuracies[seed - 1] = train(recipe, Engine.of("djl"), seed).metric("test.accuracy");
        }
        Arrays.sort(accuracies);
        assertTrue(accuracies[1] >= published - 0.02, Arrays.toString(accuracies));
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    void aPerceptronOnAdmissionsIsNoWorseThanLinearRegression(Engine engine) throws IOException {
        TrainingResult result = train("admissions-mlp", engine, 1);
        assertTrue(
                result.metric("test.r2") >= result.metric("linear.test.r2") - 0.02,
                result.card().metrics().toString());
    }
}
