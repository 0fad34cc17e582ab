package dev.jzoo.export.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Convolution3D.DataFormat;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding3DLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.activations.Activation;

class VolumeContractTest {

    private static final int[] SIZES = {5, 6, 7};
    private static final int CHANNELS = 2;

    private static DynamicTest layer(String name, DataFormat format, Layer... layers) {
        return DynamicTest.dynamicTest(name + " " + format, () -> {
            long[] shape = format == DataFormat.NCDHW
                    ? new long[] {CHANNELS, SIZES[0], SIZES[1], SIZES[2]}
                    : new long[] {SIZES[0], SIZES[1], SIZES[2], CHANNELS};
            for (long seed = 1; seed <= 3; seed++) {
                Layer[] fresh = Stream.of(layers).map(Layer::clone).toArray(Layer[]::new);
                Contract.of(Networks.chain(
                                InputType.convolutional3D(format, SIZES[0], SIZES[1], SIZES[2], CHANNELS), fresh))
                        .image(shape)
                        .holdsFor(seed);
            }
        });
    }

    private static Convolution3D.Builder convolution(DataFormat format, ConvolutionMode mode) {
        return new Convolution3D.Builder(3, 2, 3)
                .nOut(4)
                .dataFormat(format)
                .convolutionMode(mode)
                .activation(Activation.TANH);
    }

    @TestFactory
    Stream<DynamicTest> layersInBothLayoutsAgree() {
        List<DynamicTest> tests = new ArrayList<>();
        for (DataFormat format : DataFormat.values()) {
            for (ConvolutionMode mode : List.of(ConvolutionMode.Truncate, ConvolutionMode.Same)) {
                tests.add(layer(
                        "convolution " + mode,
                        format,
                        convolution(format, mode).stride(2, 1, 2).build()));
                tests.add(layer(
                        "deconvolution " + mode,
                        format,
                        new Deconvolution3D.Builder()
                                .kernelSize(3, 2, 3)
                                .nOut(4)
                                .stride(2, 1, 2)
                                .dataFormat(format)
                                .convolutionMode(mode)
                                .activation(Activation.TANH)
                                .build()));
                for (PoolingType type : List.of(PoolingType.MAX, PoolingType.AVG)) {
                    tests.add(layer(
                            type + " " + mode,
                            format,
                            new Subsampling3DLayer.Builder(type)
                                    .kernelSize(3, 2, 3)
                                    .stride(2, 1, 2)
                                    .dataFormat(format)
                                    .convolutionMode(mode)
                                    .build()));
                }
            }
            tests.add(layer(
                    "upsampling",
                    format,
                    new Upsampling3D.Builder(2)
                            .size(new int[] {2, 3, 2})
                            .dataFormat(format)
                            .build()));
            tests.add(layer(
                    "to dense",
                    format,
                    convolution(format, ConvolutionMode.Same).build(),
                    new DenseLayer.Builder().nOut(3).build()));
            tests.add(layer(
                    "loss",
                    format,
                    convolution(format, ConvolutionMode.Same).build(),
                    new Cnn3DLossLayer.Builder(format)
                            .activation(Activation.SOFTMAX)
                            .build()));
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> layersThatKnowOnlyChannelsFirstAgree() {
        return Stream.of(
                layer("padding", DataFormat.NCDHW, new ZeroPadding3DLayer.Builder(1, 2, 0, 1, 2, 0).build()),
                layer("cropping", DataFormat.NCDHW, new Cropping3D.Builder(1, 2, 0, 1, 2, 0).build()),
                layer("global pooling", DataFormat.NCDHW, new GlobalPoolingLayer(PoolingType.AVG)));
    }
}
