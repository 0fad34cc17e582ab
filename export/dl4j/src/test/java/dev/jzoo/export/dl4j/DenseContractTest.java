package dev.jzoo.export.dl4j;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class DenseContractTest {

    private static final InputType FIVE = InputType.feedForward(5);

    private static DynamicTest layer(String name, Layer... layers) {
        return DynamicTest.dynamicTest(name, () -> {
            Contract.of(Networks.chain(FIVE, layers)).holdsForSeveralSeeds();
        });
    }

    private static DenseLayer dense() {
        return new DenseLayer.Builder().nOut(4).activation(Activation.IDENTITY).build();
    }

    @TestFactory
    Stream<DynamicTest> layersOfRowsAgree() {
        return Stream.of(
                layer(
                        "dense",
                        new DenseLayer.Builder()
                                .nOut(4)
                                .activation(Activation.TANH)
                                .build()),
                layer(
                        "dense without bias",
                        new DenseLayer.Builder()
                                .nOut(4)
                                .hasBias(false)
                                .activation(Activation.RELU)
                                .build()),
                layer(
                        "dense with layer normalisation",
                        new DenseLayer.Builder()
                                .nOut(4)
                                .hasLayerNorm(true)
                                .activation(Activation.TANH)
                                .build()),
                layer(
                        "dense with layer normalisation without bias",
                        new DenseLayer.Builder()
                                .nOut(4)
                                .hasLayerNorm(true)
                                .hasBias(false)
                                .activation(Activation.TANH)
                                .build()),
                layer(
                        "output",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(3)
                                .activation(Activation.SOFTMAX)
                                .build()),
                layer(
                        "output without bias",
                        new OutputLayer.Builder(LossFunction.MSE)
                                .nOut(3)
                                .hasBias(false)
                                .activation(Activation.IDENTITY)
                                .build()),
                layer(
                        "center loss",
                        new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(3)
                                .activation(Activation.SOFTMAX)
                                .build()),
                layer(
                        "loss",
                        new DenseLayer.Builder().nOut(4).build(),
                        new LossLayer.Builder(LossFunction.MCXENT)
                                .activation(Activation.SOFTMAX)
                                .build()),
                layer("activation", dense(), new ActivationLayer(Activation.SIGMOID)),
                layer("dropout", new DenseLayer.Builder().nOut(4).dropOut(0.5).build(), new DropoutLayer(0.5)),
                layer(
                        "dropout with an activation function",
                        dense(),
                        new DropoutLayer.Builder(0.5)
                                .activation(Activation.TANH)
                                .build()),
                layer(
                        "autoencoder",
                        new AutoEncoder.Builder()
                                .nOut(4)
                                .activation(Activation.SIGMOID)
                                .build()),
                layer(
                        "elementwise multiplication",
                        new ElementWiseMultiplicationLayer.Builder()
                                .nIn(5)
                                .nOut(5)
                                .activation(Activation.TANH)
                                .build()),
                layer(
                        "frozen",
                        new FrozenLayer(new DenseLayer.Builder()
                                .nOut(4)
                                .activation(Activation.TANH)
                                .build())));
    }

    @TestFactory
    Stream<DynamicTest> activationsAgree() {
        Stream<IActivation> defaults = Stream.of(Activation.values()).map(Activation::getActivationFunction);
        Stream<IActivation> configured = Stream.of(
                new ActivationELU(0.3),
                new ActivationLReLU(0.2),
                new ActivationGELU(true),
                new ActivationRReLU(0.1, 0.7),
                new ActivationThresholdedReLU(0.4),
                new ActivationReLU(0.5, null, null),
                new ActivationReLU(null, null, 0.2),
                new ActivationReLU(null, 0.3, null),
                new ActivationReLU(0.8, 0.3, 0.2));
        return Stream.concat(defaults, configured)
                .map(function -> layer(
                        function.getClass().getSimpleName() + " " + function,
                        new DenseLayer.Builder().nOut(7).activation(function).build()));
    }

    @Test
    void embeddingReadsNumbersInAColumn() {
        var network = Networks.chain(
                InputType.feedForward(6),
                new EmbeddingLayer.Builder()
                        .nIn(6)
                        .nOut(4)
                        .hasBias(true)
                        .activation(Activation.TANH)
                        .build());
        Contract.of(network).numbersBelow(6).holdsForSeveralSeeds();
    }
}
