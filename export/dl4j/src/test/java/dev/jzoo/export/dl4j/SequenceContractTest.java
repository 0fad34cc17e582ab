package dev.jzoo.export.dl4j;

import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected1D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.NoOp;

@SuppressWarnings("deprecation") // saved networks have the deprecated layers
class SequenceContractTest {

    private static final int FEATURES = 5;

    /** Tests the layers in both layouts with two seeds each. */
    private static Stream<DynamicTest> layer(String name, Layer... layers) {
        return Stream.of(RNNFormat.values())
                .map(format -> DynamicTest.dynamicTest(name + " " + format, () -> {
                    Dimension time = Dimension.of("time");
                    Dimension features = Dimension.of(FEATURES);
                    for (long seed = 1; seed <= 2; seed++) {
                        Layer[] fresh = Stream.of(layers).map(Layer::clone).toArray(Layer[]::new);
                        Contract contract = Contract.of(Networks.chain(InputType.recurrent(FEATURES, format), fresh));
                        (format == RNNFormat.NCW
                                        ? contract.input(Dimension.BATCH, features, time)
                                        : contract.input(Dimension.BATCH, time, features))
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
                                // DL4J pools over axis 2 in NWC too, and no dense layer can follow that.
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

    private static SimpleRnn simple() {
        return new SimpleRnn.Builder().nOut(3).activation(Activation.TANH).build();
    }

    private static GravesLSTM graves() {
        return new GravesLSTM.Builder().nOut(3).activation(Activation.TANH).build();
    }

    @TestFactory
    Stream<DynamicTest> otherRecurrentLayersAgree() {
        List<Stream<DynamicTest>> tests = new ArrayList<>(List.of(
                layer("simple", simple()),
                layer(
                        "simple with relu",
                        new SimpleRnn.Builder()
                                .nOut(3)
                                .activation(Activation.RELU)
                                .build()),
                layer("graves", graves()),
                layer(
                        "graves bidirectional",
                        new GravesBidirectionalLSTM.Builder()
                                .nOut(3)
                                .activation(Activation.TANH)
                                .build()),
                layer("last step of simple", new LastTimeStep(simple())),
                layer("repeat", new LastTimeStep(lstm().build()), new RepeatVector.Builder<>(4).build()),
                layer(
                        "time distributed",
                        new TimeDistributed(new DenseLayer.Builder()
                                .nIn(FEATURES)
                                .nOut(4)
                                .activation(Activation.SOFTMAX)
                                .build()))));
        for (Bidirectional.Mode mode : Bidirectional.Mode.values()) {
            tests.add(layer("bidirectional lstm " + mode, new Bidirectional(mode, lstm().build())));
            tests.add(layer("bidirectional graves " + mode, new Bidirectional(mode, graves())));
            tests.add(layer("bidirectional simple " + mode, new Bidirectional(mode, simple())));
            tests.add(layer(
                    "last step of bidirectional " + mode, new LastTimeStep(new Bidirectional(mode, lstm().build()))));
            tests.add(layer(
                    "bidirectional last step " + mode,
                    new Bidirectional(
                            mode,
                            new LastTimeStep(lstm().weightInit(WeightInit.XAVIER)
                                    .updater(new NoOp())
                                    .build()))));
        }
        return tests.stream().flatMap(s -> s);
    }

    private static Convolution1DLayer.Builder convolution(ConvolutionMode mode) {
        return new Convolution1DLayer.Builder(3).nOut(4).convolutionMode(mode).activation(Activation.TANH);
    }

    @TestFactory
    Stream<DynamicTest> convolutionsAgree() {
        return Stream.of(
                        layer("truncate", convolution(ConvolutionMode.Truncate).build()),
                        layer(
                                "padded",
                                convolution(ConvolutionMode.Truncate)
                                        .padding(1)
                                        .stride(2)
                                        .build()),
                        layer(
                                "same",
                                convolution(ConvolutionMode.Same).stride(2).build()),
                        layer("causal", convolution(ConvolutionMode.Causal).build()),
                        layer(
                                "causal dilated",
                                convolution(ConvolutionMode.Causal).dilation(2).build()),
                        layer(
                                "without bias",
                                convolution(ConvolutionMode.Same).hasBias(false).build()),
                        layer("to lstm", convolution(ConvolutionMode.Same).build(), lstm().build()))
                .flatMap(s -> s);
    }

    @TestFactory
    Stream<DynamicTest> layersAlongTheTimeAgree() {
        List<Stream<DynamicTest>> tests = new ArrayList<>();
        for (PoolingType type : List.of(PoolingType.MAX, PoolingType.AVG, PoolingType.PNORM)) {
            tests.add(layer(
                    "pooling " + type,
                    new Subsampling1DLayer.Builder(type)
                            .kernelSize(3)
                            .stride(2)
                            .pnorm(2)
                            .build()));
            tests.add(layer(
                    "pooling same " + type,
                    new Subsampling1DLayer.Builder(type)
                            .kernelSize(3)
                            .stride(2)
                            .pnorm(2)
                            .convolutionMode(ConvolutionMode.Same)
                            .build()));
        }
        tests.add(layer("padding", new ZeroPadding1DLayer.Builder(1, 2).build()).limit(1));
        tests.add(layer("cropping", new Cropping1D.Builder(1, 2).build()).limit(1));
        tests.add(
                layer("cropping one end", new Cropping1D.Builder(1, 0).build()).limit(1));
        tests.add(layer("upsampling", new Upsampling1D.Builder(3).build()).limit(1));
        tests.add(layer(
                        "attention",
                        new SelfAttentionLayer.Builder()
                                .nIn(FEATURES)
                                .nOut(4)
                                .nHeads(2)
                                .headSize(3)
                                .projectInput(true)
                                .build())
                .limit(1));
        tests.add(layer(
                        "attention without projection",
                        new SelfAttentionLayer.Builder()
                                .nIn(FEATURES)
                                .nOut(FEATURES)
                                .nHeads(1)
                                .projectInput(false)
                                .build())
                .limit(1));
        return tests.stream().flatMap(s -> s);
    }

    @TestFactory
    Stream<DynamicTest> locallyConnectedLayersAgree() {
        return Stream.of(ConvolutionMode.Truncate, ConvolutionMode.Same)
                .map(mode -> DynamicTest.dynamicTest("locally connected " + mode, () -> {
                    for (long seed = 1; seed <= 3; seed++) {
                        Layer layer = new LocallyConnected1D.Builder()
                                .kernelSize(3)
                                .stride(2)
                                .nOut(4)
                                .convolutionMode(mode)
                                .activation(Activation.TANH)
                                .build();
                        Contract.of(Networks.chain(InputType.recurrent(FEATURES, 9), layer))
                                .image(FEATURES, 9)
                                .holdsFor(seed);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> embeddedSequencesAgree() {
        return Stream.of(RNNFormat.values())
                .map(format -> DynamicTest.dynamicTest("embedding " + format, () -> {
                    for (long seed = 1; seed <= 3; seed++) {
                        Layer embedding = new EmbeddingSequenceLayer.Builder()
                                .nIn(7)
                                .nOut(4)
                                .hasBias(true)
                                .outputDataFormat(format)
                                .activation(Activation.TANH)
                                .build();
                        Contract.of(Networks.chain(InputType.recurrent(7, format), embedding, lstm().build()))
                                .numbersBelow(7)
                                .holdsFor(seed);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> maskedStepsAreForgotten() {
        return Stream.of(RNNFormat.values())
                .flatMap(format -> Stream.of(
                        DynamicTest.dynamicTest("steps " + format, () -> forgets(format, masked())),
                        DynamicTest.dynamicTest(
                                "last step " + format, () -> forgets(format, new LastTimeStep(masked())))));
    }

    private static Layer masked() {
        return new MaskZeroLayer.Builder()
                .setUnderlying(
                        lstm().weightInit(WeightInit.XAVIER).updater(new NoOp()).build())
                .setMaskValue(0)
                .build();
    }

    /** Draws whole numbers below 2, so that the single feature is 0 in many steps. */
    private static void forgets(RNNFormat format, Layer layer) {
        Contract contract = Contract.of(Networks.chain(InputType.recurrent(1, format), layer))
                .numbersBelow(2);
        (format == RNNFormat.NCW
                        ? contract.input(Dimension.BATCH, Dimension.of(1), Dimension.of("time"))
                        : contract.input(Dimension.BATCH, Dimension.of("time"), Dimension.of(1)))
                .holdsForSeveralSeeds();
    }
}
