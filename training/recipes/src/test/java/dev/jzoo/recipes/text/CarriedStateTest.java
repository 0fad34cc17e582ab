package dev.jzoo.recipes.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.recipes.text.RecurrentCharacters.CharacterCell;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.History;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.Selection;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingLoop;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.examples.TextExamples;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Truncated backpropagation through time: what the state of one batch does to the next. */
class CarriedStateTest {

    private static final int CHARACTERS = 5;
    private static final int WINDOW = 4;
    private static final int BATCH = 3;
    private static final int STEPS = 6;
    /** So low that an epoch leaves the weights as they are. */
    private static final double NO_STEP = 1e-12;

    private static final class Interruption extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @TempDir
    Path folder;

    private TrainingRun run(Engine engine, double rate, String name, TrainingListener listener) {
        TrainingRun run = new TrainingRun(
                engine,
                new Hyperparameters(4, BATCH, rate, 5),
                Store.open(Settings.of(Map.of("JZOO_HOME", folder.toString()))),
                RunFolder.at(folder.resolve(name)),
                Compute.standard(),
                listener);
        run.engine().start(run.compute(), 1);
        return run;
    }

    private static int[] text(int length) {
        return new Random(9).ints(length, 0, CHARACTERS).toArray();
    }

    private static RecurrentCharacters network(CharacterCell cell, double dropout) {
        return new RecurrentCharacters(cell, CHARACTERS, 3, 8, dropout, WINDOW);
    }

    private static Plan plan(TrainingRun run) {
        return Plan.of(Objective.crossEntropy(), Optimizer.adam(), run.hyperparameters());
    }

    private static int[] order(TextExamples examples) {
        return IntStream.range(0, examples.size()).toArray();
    }

    private static double nats(Learner learner, TextExamples windows) {
        return TextNats.of(
                windows,
                CHARACTERS,
                part -> LanguageModel.probabilities(Engine.of("djl"), learner.predict(part), CHARACTERS));
    }

    /** The loss of an epoch in small windows is that of the parts of the text, each read at once. */
    @ParameterizedTest
    @EnumSource
    void theStateGoesFromBatchToBatch(CharacterCell cell) {
        TrainingRun run = run(Engine.of("djl"), NO_STEP, "state", TrainingListener.NONE);
        RecurrentCharacters network = network(cell, 0);
        int[] text = text((BATCH * STEPS + 1) * WINDOW);
        TextExamples examples = network.examples(run, text);
        int part = STEPS * WINDOW;
        int epoch = 2;
        try (Learner learner = network.learner(run, examples, plan(run))) {
            double whole = 0;
            for (int place = 0; place < BATCH; place++) {
                int start = examples.start(place, epoch);
                int[] own = Arrays.copyOfRange(text, start, start + part + 1);
                whole += nats(learner, TextExamples.covering(own, part, part)) / BATCH;
            }
            double carried = learner.epoch(epoch, order(examples), done -> {});
            assertEquals(whole, carried, 1e-5);
            TextExamples anew =
                    TextExamples.shuffled(text, WINDOW, run.hyperparameters().seed());
            try (Learner forgetful = network.learner(run, anew, plan(run))) {
                int[] same = IntStream.range(0, BATCH * STEPS).toArray();
                double forgotten = forgetful.epoch(epoch, same, done -> {});
                assertTrue(Math.abs(forgotten - carried) > 1e-4, forgotten + " and " + carried);
            }
        }
    }

    /** Each epoch begins with a state of 0, so that nothing of it is missing in a checkpoint. */
    @Test
    void aResumedRunEqualsAnUninterruptedOne() throws IOException {
        TrainingListener interruption = new TrainingListener() {
            @Override
            public void step(int epoch, int epochs, long done, long total) {
                if (epoch == 2 && done > total / 2) {
                    throw new Interruption();
                }
            }
        };
        double[] losses = new double[4];
        byte[] whole = train(run(Engine.of("djl"), 0.01, "whole", TrainingListener.NONE), losses);
        assertThrows(Interruption.class, () -> train(run(Engine.of("djl"), 0.01, "cut", interruption), new double[4]));
        double[] resumed = new double[4];
        assertArrayEquals(whole, train(run(Engine.of("djl"), 0.01, "cut", TrainingListener.NONE), resumed));
        assertArrayEquals(losses, resumed);
        assertTrue(losses[3] < losses[0]);
    }

    private static byte[] train(TrainingRun run, double[] losses) throws IOException {
        RecurrentCharacters network = network(CharacterCell.LSTM, 0.2);
        TextExamples examples = network.examples(run, text((BATCH * STEPS + 1) * WINDOW));
        try (Learner learner = network.learner(run, examples, plan(run).withMaxGradientNorm(0.5))) {
            History history = TrainingLoop.run(learner, plan(run), run, Selection.last(), Map::of);
            System.arraycopy(history.losses(), 0, losses, 0, losses.length);
            ByteArrayOutputStream weights = new ByteArrayOutputStream();
            learner.saveWeights(weights);
            return weights.toByteArray();
        }
    }

    /** Without a state that is carried both engines take the same steps. */
    @ParameterizedTest
    @EnumSource
    void bothEnginesTakeTheSameSteps(CharacterCell cell) {
        int[] text = text(21 * WINDOW);
        double[][] losses = new double[2][3];
        for (Engine engine : List.of(Engine.of("djl"), Engine.of("dl4j"))) {
            TrainingRun run = run(engine, 0.01, engine.id(), TrainingListener.NONE);
            TextExamples examples = TextExamples.shuffled(text, WINDOW, 1);
            try (Learner learner = network(cell, 0).learner(run, examples, plan(run))) {
                for (int epoch = 0; epoch < 3; epoch++) {
                    losses[engine.id().equals("djl") ? 0 : 1][epoch] =
                            learner.epoch(epoch, order(examples), done -> {});
                }
            }
        }
        assertArrayEquals(losses[0], losses[1], 1e-4);
        assertTrue(losses[0][2] < losses[0][0]);
    }

    @Test
    void dl4jIsNotGivenAStateToCarry() {
        TrainingRun run = run(Engine.of("dl4j"), 0.01, "dl4j", TrainingListener.NONE);
        TextExamples continuing = TextExamples.continuing(text(100), WINDOW, BATCH, 1);
        assertThrows(IllegalArgumentException.class, () -> network(CharacterCell.LSTM, 0)
                .learner(run, continuing, plan(run))
                .close());
    }

    /** Why: should this fail one day, DL4J may be given states. The gradient of the loss from a state of 0 is exact. */
    @Test
    void dl4jsOwnGradientsAreWrongWhereAStateIsCarried() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .list()
                .layer(new LSTM.Builder()
                        .nIn(3)
                        .nOut(4)
                        .activation(Activation.TANH)
                        .build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MSE)
                        .nIn(4)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build())
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(5)
                .build());
        network.init();
        Nd4j.getRandom().setSeed(1);
        INDArray target = Nd4j.rand(DataType.DOUBLE, 2, 2, 5);
        network.setInput(Nd4j.rand(DataType.DOUBLE, 2, 3, 5));
        network.setLabels(target);
        assertEquals(0, gradientError(network, Map.of()), 1e-6);
        network.computeGradientAndScore();
        Map<String, INDArray> left = ((RecurrentLayer) network.getLayer(0)).rnnGetTBPTTState();
        assertTrue(gradientError(network, left) > 0.1);
    }

    /** Largest difference between the gradient that DL4J computes and that of its score by differences. */
    private static double gradientError(MultiLayerNetwork network, Map<String, INDArray> state) {
        double step = 1e-6;
        score(network, state);
        INDArray gradient = network.gradient().gradient().div(2); // DL4J divides by the 2 examples when it updates
        double worst = 0;
        for (int i = 0; i < network.params().length(); i++) {
            double value = network.params().getDouble(i);
            network.params().putScalar(i, value + step);
            double above = score(network, state);
            network.params().putScalar(i, value - step);
            double below = score(network, state);
            network.params().putScalar(i, value);
            worst = Math.max(worst, Math.abs((above - below) / (2 * step) - gradient.getDouble(i)));
        }
        return worst;
    }

    private static double score(MultiLayerNetwork network, Map<String, INDArray> state) {
        RecurrentLayer layer = (RecurrentLayer) network.getLayer(0);
        layer.rnnSetTBPTTState(state);
        layer.rnnSetPreviousState(state);
        network.computeGradientAndScore();
        return network.score();
    }
}
