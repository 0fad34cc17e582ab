package dev.jzoo.export.dl4j;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.activations.Activation;

class SequenceContractTest {

    private static final int FEATURES = 5;

    /** The layers in both layouts, three seeds each. */
    static Stream<DynamicTest> layer(String name, Layer... layers) {
        return Stream.of(RNNFormat.values())
                .map(format -> DynamicTest.dynamicTest(name + " " + format, () -> {
                    for (long seed = 1; seed <= 3; seed++) {
                        Layer[] fresh = Stream.of(layers).map(Layer::clone).toArray(Layer[]::new);
                        Contract.of(Networks.chain(InputType.recurrent(FEATURES, format), fresh))
                                .holdsFor(seed);
                    }
                }));
    }

    private static LSTM.Builder lstm() {
        return new LSTM.Builder().nOut(3).activation(Activation.TANH);
    }

    @TestFactory
    Stream<DynamicTest> recurrentLayersAgree() {
        return Stream.of(
                        layer("lstm", lstm().build()),
                        layer(
                                "lstm with other activations",
                                lstm().activation(Activation.SOFTSIGN)
                                        .gateActivationFunction(Activation.HARDSIGMOID)
                                        .build()),
                        layer(
                                "lstm with relu",
                                lstm().activation(Activation.RELU).build()),
                        layer(
                                "lstm with leaky relu",
                                lstm().activation(Activation.LEAKYRELU).build()),
                        layer("lstm with elu", lstm().activation(Activation.ELU).build()),
                        layer(
                                "lstm with identity",
                                lstm().activation(Activation.IDENTITY).build()),
                        layer("two lstm", lstm().build(), lstm().build()),
                        layer(
                                "last step",
                                new LastTimeStep(lstm().build()),
                                new OutputLayer.Builder()
                                        .nOut(2)
                                        .activation(Activation.SOFTMAX)
                                        .build()),
                        layer(
                                "output",
                                lstm().build(),
                                new RnnOutputLayer.Builder()
                                        .nOut(2)
                                        .activation(Activation.SOFTMAX)
                                        .build()),
                        layer(
                                "loss",
                                lstm().build(),
                                new RnnLossLayer.Builder()
                                        .activation(Activation.SOFTMAX)
                                        .build()),
                        layer(
                                        "pooling",
                                        lstm().build(),
                                        new GlobalPoolingLayer(PoolingType.AVG),
                                        new OutputLayer.Builder()
                                                .nOut(2)
                                                .activation(Activation.SOFTMAX)
                                                .build())
                                // DL4J pools over axis 2 in NWC too, which no dense layer can follow.
                                .limit(1))
                .flatMap(s -> s);
    }

    @TestFactory
    Stream<DynamicTest> rowsBetweenSequencesAgree() {
        return Stream.of(
                        layer(
                                "dense between",
                                lstm().build(),
                                new DenseLayer.Builder()
                                        .nOut(4)
                                        .activation(Activation.SOFTMAX)
                                        .build(),
                                new DropoutLayer(0.5),
                                lstm().build()),
                        layer(
                                "dense first",
                                new DenseLayer.Builder()
                                        .nOut(4)
                                        .activation(Activation.TANH)
                                        .build(),
                                lstm().build()),
                        layer(
                                "dense last",
                                lstm().build(),
                                new DenseLayer.Builder()
                                        .nOut(4)
                                        .activation(Activation.TANH)
                                        .build()),
                        layer("activation", lstm().build(), new ActivationLayer(Activation.SOFTMAX)))
                .flatMap(s -> s);
    }
}
