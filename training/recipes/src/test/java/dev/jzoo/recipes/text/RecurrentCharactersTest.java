package dev.jzoo.recipes.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.recipes.text.RecurrentCharacters.CharacterCell;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.examples.TextExamples;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The file of a language model, whose states a caller gives back. */
class RecurrentCharactersTest {

    private static final int CHARACTERS = 5;
    private static final int UNITS = 8;
    private static final int LENGTH = 11;
    private static final int HALF = 6;

    @TempDir
    Path folder;

    /** [LENGTH * CHARACTERS] probabilities of each next character by the engine's own network, which reads all at once. */
    private static float[] engine(Learner learner, Engine engine, int[] text) {
        float[] outputs = learner.predict(TextExamples.covering(text, LENGTH, LENGTH));
        return LanguageModel.probabilities(engine, outputs, CHARACTERS);
    }

    @ParameterizedTest
    @EnumSource
    void theOutlineHasAsManyParametersAsTheNetworkLearns(CharacterCell cell) {
        RecurrentCharacters network = new RecurrentCharacters(cell, CHARACTERS, 3, UNITS, 0.1, LENGTH);
        try (Learner djl = learner(network, Engine.of("djl"))) {
            long learnt = ((Block) djl.network())
                    .getParameters().values().stream()
                            .filter(Parameter::requiresGradient)
                            .mapToLong(parameter -> parameter.getArray().size())
                            .sum();
            assertEquals(learnt, network.outline().parameters());
        }
    }

    @ParameterizedTest
    @CsvSource({"LSTM,dl4j", "RNN,dl4j", "LSTM,djl", "RNN,djl"})
    void twoHalvesWithTheStateCarriedGiveWhatTheWholeTextGives(CharacterCell cell, String name) throws IOException {
        Engine engine = Engine.of(name);
        RecurrentCharacters network = new RecurrentCharacters(cell, CHARACTERS, 3, UNITS, 0.1, LENGTH);
        int[] text = new Random(4).ints(LENGTH + 1, 0, CHARACTERS).toArray();
        try (Learner learner = learner(network, engine)) {
            OnnxExporter exporter = network.exporter(engine, learner.network());
            try (OnnxModel model = OnnxModel.open(exporter.export().file().toBytes(), "text", Device.cpu())) {
                Map<String, Tensor> whole = read(model, text, 0, LENGTH, network.states(1));
                float[] expected = whole.get("probabilities").floats();
                assertArrayEquals(engine(learner, engine, text), expected, 1e-5f, "engine");

                Map<String, Tensor> first = read(model, text, 0, HALF, network.states(1));
                Map<String, Tensor> second = read(model, text, HALF, LENGTH, left(first, network));
                float[] joined = Arrays.copyOf(first.get("probabilities").floats(), expected.length);
                float[] rest = second.get("probabilities").floats();
                System.arraycopy(rest, 0, joined, HALF * CHARACTERS, rest.length);
                assertArrayEquals(expected, joined, 1e-5f, "halves");
                for (String state : network.states(1).keySet()) {
                    String out = state.replace("_in", "_out");
                    assertArrayEquals(whole.get(out).floats(), second.get(out).floats(), 1e-5f, out);
                }

                float[] forgotten = read(model, text, HALF, LENGTH, network.states(1))
                        .get("probabilities")
                        .floats();
                assertTrue(Math.abs(forgotten[0] - rest[0]) > 1e-4, "a state of 0 is another one");
            }
        }
    }

    private Learner learner(RecurrentCharacters network, Engine engine) {
        TrainingRun run = new TrainingRun(
                engine,
                new Hyperparameters(1, 2, 0.01, 5),
                Store.open(Settings.of(Map.of("JZOO_HOME", folder.toString()))),
                RunFolder.at(folder.resolve("run")),
                Compute.standard(),
                TrainingListener.NONE);
        run.engine().start(run.compute(), 1);
        int[] text = new Random(9).ints(100, 0, CHARACTERS).toArray();
        Plan plan = Plan.of(Objective.crossEntropy(), Optimizer.adam(), run.hyperparameters());
        return network.learner(run, network.examples(run, text), plan);
    }

    private static Map<String, Tensor> read(OnnxModel model, int[] text, int from, int to, Map<String, Tensor> states) {
        long[] ids = Arrays.stream(text, from, to).asLongStream().toArray();
        Map<String, Tensor> inputs = new HashMap<>(states);
        inputs.put("ids", Tensor.ofLongs(ids, 1, ids.length));
        return model.run(inputs);
    }

    /** What a call has left, as the next one takes it. */
    private static Map<String, Tensor> left(Map<String, Tensor> outputs, RecurrentCharacters network) {
        Map<String, Tensor> states = new HashMap<>();
        for (String state : network.states(1).keySet()) {
            Tensor left = outputs.get(state.replace("_in", "_out"));
            assertArrayEquals(new long[] {1, 1, UNITS}, left.shape(), state);
            states.put(state, left);
        }
        assertEquals(network.cell() == CharacterCell.LSTM ? 2 : 1, states.size());
        return states;
    }
}
