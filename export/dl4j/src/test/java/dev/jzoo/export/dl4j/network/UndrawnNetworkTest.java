package dev.jzoo.export.dl4j.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.OrthogonalDistribution;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

class UndrawnNetworkTest {

    private static final long LSTM_PARAMETERS = 4 * 300 * (5 + 300 + 1L);

    private static LSTM orthogonal() {
        return new LSTM.Builder()
                .nIn(5)
                .nOut(300)
                .weightInitRecurrent(new WeightInitDistribution(new OrthogonalDistribution(1)))
                .build();
    }

    /** With init() the matrix of 300 x 1200 would take minutes. */
    @Test
    void anOrthogonalMatrixIsNotDrawn() {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .list()
                .layer(orthogonal())
                .layer(new RnnOutputLayer.Builder().nIn(300).nOut(2).build())
                .build();
        assertEquals(LSTM_PARAMETERS + 602, UndrawnNetwork.parameters(configuration));
        MultiLayerNetwork network = assertTimeout(Duration.ofSeconds(20), () -> UndrawnNetwork.of(configuration));
        assertEquals(LSTM_PARAMETERS + 602, network.numParams());
        assertTrue(Double.isNaN(network.getParam("0_RW").getDouble(7, 7)), "not set yet");
    }

    @Test
    void aGraphIsNotDrawnEither() {
        ComputationGraphConfiguration configuration = new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("lstm", orthogonal(), "in")
                .addLayer("out", new RnnOutputLayer.Builder().nIn(300).nOut(2).build(), "lstm")
                .setOutputs("out")
                .build();
        ComputationGraph network = assertTimeout(Duration.ofSeconds(20), () -> UndrawnNetwork.of(configuration));
        assertEquals(LSTM_PARAMETERS + 602, network.numParams());
    }

    /** Parameters are views into one vector: setting one by name changes only that one. */
    @Test
    void parametersThatWereNotSetAreNotNumbers() {
        MultiLayerNetwork network = UndrawnNetwork.of(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(2).nOut(3).build())
                .layer(new BatchNormalization.Builder().nIn(3).nOut(3).build())
                .build());
        for (String key : new String[] {"0_W", "0_b", "1_gamma", "1_beta", "1_mean"}) {
            INDArray parameter = network.getParam(key);
            parameter.assign(1);
        }
        assertEquals(
                3,
                network.params()
                        .isNaN()
                        .castTo(network.params().dataType())
                        .sumNumber()
                        .intValue());
        assertTrue(network.getParam("1_log10stdev").isNaN().all(), "the one that was not set");
    }

    @Test
    void aNetworkWithoutParametersIsMadeToo() {
        MultiLayerNetwork network = UndrawnNetwork.of(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new ActivationLayer(Activation.RELU))
                .build());
        assertEquals(0, network.numParams());
    }
}
