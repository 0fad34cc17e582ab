package dev.jzoo.export.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CapsuleLayer;
import org.deeplearning4j.nn.conf.layers.CapsuleStrengthLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.PrimaryCapsules;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;

@SuppressWarnings("deprecation") // saved networks have the deprecated layers
class ImageContractTest {

    private static final long HEIGHT = 9;
    private static final long WIDTH = 11;
    private static final long CHANNELS = 2;

    /** Tests the layers in both layouts with two seeds each. */
    static Stream<DynamicTest> layer(String name, Layer... layers) {
        return Stream.of(CNN2DFormat.values())
                .map(format -> DynamicTest.dynamicTest(name + " " + format, () -> {
                    boolean last = format == CNN2DFormat.NHWC;
                    for (long seed = 1; seed <= 2; seed++) {
                        Layer[] fresh = Stream.of(layers).map(Layer::clone).toArray(Layer[]::new);
                        Contract.of(Networks.chain(InputType.convolutional(HEIGHT, WIDTH, CHANNELS, format), fresh))
                                .image(
                                        last
                                                ? new long[] {HEIGHT, WIDTH, CHANNELS}
                                                : new long[] {CHANNELS, HEIGHT, WIDTH})
                                .holdsFor(seed);
                    }
                }));
    }

    private static ConvolutionLayer.Builder convolution(ConvolutionMode mode) {
        return new ConvolutionLayer.Builder(3, 2).nOut(4).convolutionMode(mode).activation(Activation.TANH);
    }

    private static SubsamplingLayer.Builder pooling(PoolingType type, ConvolutionMode mode) {
        return new SubsamplingLayer.Builder(type)
                .kernelSize(3, 2)
                .stride(2, 1)
                .convolutionMode(mode)
                .pnorm(3);
    }

    @TestFactory
    Stream<DynamicTest> convolutionsAgree() {
        return Stream.of(
                        layer(
                                "truncate",
                                convolution(ConvolutionMode.Truncate)
                                        .stride(2, 3)
                                        .padding(1, 1)
                                        .build()),
                        layer(
                                "strict",
                                convolution(ConvolutionMode.Strict)
                                        .padding(1, 0)
                                        .build()),
                        layer(
                                "same",
                                convolution(ConvolutionMode.Same).stride(2, 2).build()),
                        layer(
                                "same, even stride",
                                convolution(ConvolutionMode.Same).stride(1, 3).build()),
                        layer(
                                "dilated",
                                convolution(ConvolutionMode.Truncate)
                                        .dilation(2, 3)
                                        .build()),
                        layer(
                                "dilated same",
                                convolution(ConvolutionMode.Same).dilation(2, 3).build()),
                        layer(
                                "without bias",
                                convolution(ConvolutionMode.Same).hasBias(false).build()),
                        layer(
                                "softmax over the last axis",
                                convolution(ConvolutionMode.Same)
                                        .activation(Activation.SOFTMAX)
                                        .build()),
                        layer(
                                "to dense",
                                convolution(ConvolutionMode.Same).build(),
                                new DenseLayer.Builder().nOut(3).build()))
                .flatMap(s -> s);
    }

    @TestFactory
    Stream<DynamicTest> poolingsAgree() {
        List<Stream<DynamicTest>> tests = new ArrayList<>();
        for (PoolingType type : List.of(PoolingType.MAX, PoolingType.AVG, PoolingType.PNORM)) {
            for (ConvolutionMode mode : List.of(ConvolutionMode.Truncate, ConvolutionMode.Same)) {
                tests.add(layer(type + " " + mode, pooling(type, mode).build()));
            }
            tests.add(layer(
                    type + " padded",
                    pooling(type, ConvolutionMode.Truncate).padding(1, 1).build()));
        }
        tests.add(layer(
                "average over the window",
                pooling(PoolingType.AVG, ConvolutionMode.Truncate)
                        .padding(1, 1)
                        .avgPoolIncludePadInDivisor(true)
                        .build()));
        tests.add(layer(
                "same average over the window",
                pooling(PoolingType.AVG, ConvolutionMode.Same)
                        .avgPoolIncludePadInDivisor(true)
                        .build()));
        tests.add(layer(
                "dilated maximum",
                pooling(PoolingType.MAX, ConvolutionMode.Truncate)
                        .dilation(2, 2)
                        .build()));
        for (PoolingType type : PoolingType.values()) {
            tests.add(layer(
                    "global " + type,
                    new GlobalPoolingLayer.Builder(type).pnorm(3).build()));
            // DL4J itself fails on NHWC here.
            tests.add(layer(
                            "global kept " + type,
                            new GlobalPoolingLayer.Builder(type)
                                    .collapseDimensions(false)
                                    .build())
                    .limit(1));
        }
        return tests.stream().flatMap(s -> s);
    }

    @TestFactory
    Stream<DynamicTest> batchNormalisationsAgree() {
        return Stream.of(
                        layer("logarithm of the deviation", new BatchNormalization.Builder().build()),
                        layer(
                                "variance",
                                new BatchNormalization.Builder()
                                        .useLogStd(false)
                                        .build()),
                        layer(
                                "locked neutral",
                                new BatchNormalization.Builder()
                                        .lockGammaBeta(true)
                                        .build()),
                        layer(
                                "locked gamma alone",
                                new BatchNormalization.Builder()
                                        .lockGammaBeta(true)
                                        .gamma(1.5)
                                        .build()),
                        layer(
                                "locked beta alone",
                                new BatchNormalization.Builder()
                                        .lockGammaBeta(true)
                                        .beta(0.5)
                                        .build()),
                        layer(
                                "locked both",
                                new BatchNormalization.Builder()
                                        .lockGammaBeta(true)
                                        .gamma(1.5)
                                        .beta(0.5)
                                        .build()),
                        layer(
                                "of rows",
                                new DenseLayer.Builder().nOut(4).build(),
                                new BatchNormalization.Builder().build()),
                        layer(
                                "of rows, locked both",
                                new DenseLayer.Builder().nOut(4).build(),
                                new BatchNormalization.Builder()
                                        .lockGammaBeta(true)
                                        .gamma(1.5)
                                        .beta(0.5)
                                        .build()),
                        layer(
                                "of rows, locked gamma",
                                new DenseLayer.Builder().nOut(4).build(),
                                new BatchNormalization.Builder()
                                        .lockGammaBeta(true)
                                        .gamma(1.5)
                                        .build()))
                .flatMap(s -> s);
    }

    @TestFactory
    Stream<DynamicTest> wholeNetworksAgree() {
        return layer(
                "lenet",
                convolution(ConvolutionMode.Truncate).build(),
                pooling(PoolingType.MAX, ConvolutionMode.Truncate).build(),
                new BatchNormalization.Builder().build(),
                convolution(ConvolutionMode.Same).build(),
                new DenseLayer.Builder().nOut(6).activation(Activation.RELU).build(),
                new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build());
    }

    @TestFactory
    Stream<DynamicTest> otherConvolutionsAgree() {
        List<Stream<DynamicTest>> tests = new ArrayList<>();
        for (ConvolutionMode mode : List.of(ConvolutionMode.Truncate, ConvolutionMode.Same)) {
            tests.add(layer(
                    "depthwise " + mode,
                    new DepthwiseConvolution2D.Builder(3, 2)
                            .depthMultiplier(3)
                            .nOut(6)
                            .stride(2, 1)
                            .convolutionMode(mode)
                            .activation(Activation.TANH)
                            .build()));
            tests.add(layer(
                    "separable " + mode,
                    new SeparableConvolution2D.Builder(3, 2)
                            .depthMultiplier(3)
                            .nOut(5)
                            .stride(2, 1)
                            .convolutionMode(mode)
                            .activation(Activation.TANH)
                            .build()));
            tests.add(layer(
                    "separable without bias " + mode,
                    new SeparableConvolution2D.Builder(3, 2)
                            .depthMultiplier(2)
                            .nOut(5)
                            .hasBias(false)
                            .convolutionMode(mode)
                            .build()));
            tests.add(layer(
                    "deconvolution " + mode,
                    new Deconvolution2D.Builder(3, 2)
                            .nOut(5)
                            .stride(2, 1)
                            .convolutionMode(mode)
                            .activation(Activation.TANH)
                            .build()));
            tests.add(layer(
                    "deconvolution of even surplus " + mode,
                    new Deconvolution2D.Builder(4, 5)
                            .nOut(5)
                            .stride(2, 3)
                            .convolutionMode(mode)
                            .hasBias(false)
                            .build()));
            tests.add(layer(
                    "locally connected " + mode,
                    new LocallyConnected2D.Builder()
                            .kernelSize(3, 2)
                            .stride(2, 1)
                            .nOut(4)
                            .convolutionMode(mode)
                            .activation(Activation.TANH)
                            .build()));
        }
        tests.add(layer(
                "deconvolution padded",
                new Deconvolution2D.Builder(3, 3)
                        .nOut(5)
                        .stride(2, 2)
                        .padding(1, 1)
                        .build()));
        tests.add(layer(
                "deconvolution of a small kernel",
                new Deconvolution2D.Builder(1, 2)
                        .nOut(5)
                        .stride(2, 3)
                        .convolutionMode(ConvolutionMode.Same)
                        .build()));
        return tests.stream().flatMap(s -> s);
    }

    @TestFactory
    Stream<DynamicTest> otherImageLayersAgree() {
        return Stream.of(
                        layer(
                                "response normalisation",
                                convolution(ConvolutionMode.Same).nOut(7).build(),
                                new LocalResponseNormalization.Builder()
                                        .n(5)
                                        .k(2)
                                        .alpha(0.3)
                                        .beta(0.75)
                                        .build()),
                        layer(
                                "response normalisation, even n",
                                convolution(ConvolutionMode.Same).nOut(7).build(),
                                new LocalResponseNormalization.Builder()
                                        .n(4)
                                        .k(1.5)
                                        .alpha(0.3)
                                        .beta(0.5)
                                        .build()),
                        layer(
                                        "prelu",
                                        new PReLULayer.Builder()
                                                .inputShape(CHANNELS, HEIGHT, WIDTH)
                                                .build())
                                .limit(1),
                        layer(
                                        "prelu of shared axes",
                                        new PReLULayer.Builder()
                                                .inputShape(CHANNELS, HEIGHT, WIDTH)
                                                .sharedAxes(2, 3)
                                                .build())
                                .limit(1),
                        layer("padding", new ZeroPaddingLayer.Builder(1, 2, 3, 4).build()),
                        layer("cropping", new Cropping2D.Builder(1, 2, 0, 3).build()),
                        layer(
                                "upsampling",
                                new Upsampling2D.Builder(2)
                                        .size(new int[] {2, 3})
                                        .build()),
                        layer(
                                "space to depth",
                                convolution(ConvolutionMode.Truncate)
                                        .kernelSize(2, 2)
                                        .nOut(3)
                                        .build(),
                                new SpaceToDepthLayer.Builder<>(2, SpaceToDepthLayer.DataFormat.NCHW).build()),
                        layer(
                                "space to batch",
                                new SpaceToBatchLayer.Builder<>(new int[] {2, 3}, new int[][] {{1, 2}, {1, 0}})
                                        .build()),
                        layer(
                                "loss",
                                convolution(ConvolutionMode.Same).build(),
                                new CnnLossLayer.Builder()
                                        .activation(Activation.SOFTMAX)
                                        .build()))
                .flatMap(s -> s);
    }

    @TestFactory
    Stream<DynamicTest> detectionAndCapsulesAgree() {
        return Stream.of(
                        layer(
                                "yolo",
                                convolution(ConvolutionMode.Same)
                                        .nOut(2 * (5 + 3))
                                        .build(),
                                new Yolo2OutputLayer.Builder()
                                        .boundingBoxPriors(Nd4j.create(new float[][] {{1, 2}, {3, 1.5f}}))
                                        .build()),
                        layer(
                                        "capsules",
                                        new PrimaryCapsules.Builder(4, 3, new int[] {3, 3}, new int[] {2, 2}).build(),
                                        new CapsuleLayer.Builder(3, 5, 3).build(),
                                        new CapsuleStrengthLayer.Builder().build())
                                .limit(1),
                        layer(
                                        "capsules with bias",
                                        new PrimaryCapsules.Builder(4, 3, new int[] {3, 3}, new int[] {2, 2})
                                                .hasBias(true)
                                                .useLeakyReLU(0.1)
                                                .build(),
                                        new CapsuleLayer.Builder(3, 5, 1)
                                                .hasBias(true)
                                                .build())
                                .limit(1))
                .flatMap(s -> s);
    }

    @TestFactory
    Stream<DynamicTest> fullyConvolutionalNetworksTakeAnySize() {
        return Stream.of(CNN2DFormat.values())
                .map(format -> DynamicTest.dynamicTest(format.name(), () -> Contract.of(Networks.chain(
                                InputType.convolutional(32, 32, CHANNELS, format),
                                convolution(ConvolutionMode.Same).stride(2, 1).build(),
                                pooling(PoolingType.MAX, ConvolutionMode.Same).build(),
                                pooling(PoolingType.AVG, ConvolutionMode.Same).build(),
                                convolution(ConvolutionMode.Truncate).build(),
                                new GlobalPoolingLayer.Builder(PoolingType.MAX)
                                        .poolingDimensions(
                                                format == CNN2DFormat.NCHW ? new int[] {2, 3} : new int[] {1, 2})
                                        .build()))
                        .sizes(new int[] {1, 23}, new int[] {3, 30})
                        .holdsForSeveralSeeds()));
    }
}
