package dev.jzoo.training.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
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
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.network.NetworkOutline;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counted from the description of a network: as many parameters as its engine has, and as the papers say. */
class NetworkOutlineTest {

    @TempDir
    Path folder;

    /** Each has a layer that the others lack. */
    enum Kind {
        DENSE(Network.of(7).dense(9).relu().dropout(0.25).dense(5).tanh().dense(3)),
        PICTURE(Network.of(2, 8, 6).convolution(4, 3).relu().maxPool(2).dense(3)),
        STRIDED(Network.of(2, 11).convolution(4, 3, 2, 1).relu().dense(3)),
        LSTM(Network.of(2, 7).lstm(4).lastStep().dense(3)),
        SIMPLE_RNN(Network.of(3, 5).simpleRnn(4).simpleRnn(3).lastStep().dense(3)),
        GRU(Network.of(2, 7).gru(4).lastStep().dense(3)),
        RESIDUAL(Network.of(3, 8, 8)
                .normalisedConvolution(4, 3)
                .residual(4, 1)
                .residual(6, 2)
                .globalAveragePool()
                .dense(3));

        private final Network network;

        Kind(Network network) {
            this.network = network;
        }
    }

    @ParameterizedTest
    @EnumSource
    void djlLearnsAsManyNumbersAsTheOutlineSays(Kind kind) {
        try (Learner learner = learner(kind.network, Engine.of("djl"))) {
            assertEquals(
                    learnt((Block) learner.network()), kind.network.outline().parameters());
        }
    }

    /** DL4J counts the running statistics of batch normalisations among a network's parameters, so one is left out here. */
    @ParameterizedTest
    @EnumSource(names = {"DENSE", "PICTURE", "STRIDED", "LSTM", "SIMPLE_RNN"})
    void dl4jHasAsManyParametersAsTheOutlineSays(Kind kind) {
        try (Learner learner = learner(kind.network, Engine.of("dl4j"))) {
            Model network = (Model) learner.network();
            assertEquals(network.numParams(), kind.network.outline().parameters());
        }
    }

    /** He et al. (2015), section 4.2: 0.27 million parameters. */
    @Test
    void aResidualNetworkOfTwentyLayersHasTheParametersOfItsPaper() {
        Network network = Network.of(3, 32, 32).normalisedConvolution(16, 3);
        for (int filters = 16; filters <= 64; filters *= 2) {
            network = network.residual(filters, filters == 16 ? 1 : 2)
                    .residual(filters, 1)
                    .residual(filters, 1);
        }
        NetworkOutline outline = network.globalAveragePool().dense(10).outline();
        assertEquals(0.27, outline.parameters() / 1e6, 0.005);
        assertEquals(
                List.of(64L, 8L, 8L),
                outline.layers().get(outline.layers().size() - 3).output());
    }

    /** LeNet-5 as it is usually built: 156, 2,416, 48,120, 10,164 and 850, in all 61,706. */
    @Test
    void eachLayerIsListedWithItsShapeAndParameters() {
        NetworkOutline outline = Network.of(1, 28, 28)
                .convolution(6, 5)
                .relu()
                .maxPool(2)
                .convolution(16, 5, 1, 0)
                .relu()
                .maxPool(2)
                .dense(120)
                .relu()
                .dropout(0.5)
                .dense(84)
                .relu()
                .dense(10)
                .outline();
        assertEquals(61_706, outline.parameters());
        assertEquals(List.of(1L, 28L, 28L), outline.input());
        assertEquals(List.of(0.5), outline.dropouts());
        assertEquals(
                new NetworkOutline.OutlineLayer("convolution 16 of 5", List.of(16L, 10L, 10L), 2416),
                outline.layers().get(3));
        assertEquals(
                new NetworkOutline.OutlineLayer("max-pool 2", List.of(16L, 5L, 5L), 0),
                outline.layers().get(5));
        assertEquals(
                new NetworkOutline.OutlineLayer("dense 120", List.of(120L), 48_120),
                outline.layers().get(6));
        assertEquals("dropout 0.5", outline.layers().get(8).name());
    }

    private Learner learner(Network network, Engine engine) {
        TrainingRun run = new TrainingRun(
                engine,
                new Hyperparameters(1, 8, 0.1, 3),
                Store.open(Settings.of(Map.of("JZOO_HOME", folder.toString()))),
                RunFolder.at(folder),
                Compute.standard(),
                TrainingListener.NONE);
        run.engine().start(run.compute(), 1);
        long[] shape = engine.inputShape(network);
        int values = 8;
        for (long axis : shape) {
            values *= (int) axis;
        }
        Examples examples = Examples.classes(new float[values], new int[8], shape);
        return run.learner(
                network, examples, Plan.of(Objective.crossEntropy(), Optimizer.sgd(), run.hyperparameters()));
    }

    private static long learnt(Block block) {
        return block.getParameters().values().stream()
                .filter(Parameter::requiresGradient)
                .mapToLong(parameter -> parameter.getArray().size())
                .sum();
    }
}
