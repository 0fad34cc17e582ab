package dev.jzoo.export.dl4j;

import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.*;
import org.deeplearning4j.nn.conf.layers.convolutional.*;
import org.deeplearning4j.nn.conf.layers.misc.*;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.*;
import org.deeplearning4j.nn.conf.layers.util.*;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;

/** A small network around each layer that can be exported. */
@SuppressWarnings({"deprecation", "rawtypes", "unchecked"
}) // saved networks have the deprecated layers; some builders are raw
final class LayerCases {

    private static final InputType IMAGE = InputType.convolutional(6, 8, 4);
    private static final InputType SEQUENCE = InputType.recurrent(4);
    private static final InputType VOLUME = InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 5, 6, 7, 2);
    static final Dimension TIME = Dimension.of("time");
    private static final List<Dimension> STEPS = List.of(Dimension.BATCH, Dimension.of(4), TIME);

    /** Number of ids that an embedding takes. */
    static final int VOCABULARY = 9;

    private LayerCases() {}

    /**
     * A chain of layers.
     *
     * @param shape shape of the input
     */
    record LayerCase(InputType type, List<Dimension> shape, List<Layer> layers) {

        boolean hasIds() {
            return layers.get(0) instanceof EmbeddingSequenceLayer || layers.get(0) instanceof EmbeddingLayer;
        }
    }

    private static LayerCase of(InputType type, List<Dimension> shape, Layer... layers) {
        return new LayerCase(type, shape, List.of(layers));
    }

    private static LayerCase rows(Layer... layers) {
        return of(InputType.feedForward(4), Dimension.batchOf(4), layers);
    }

    private static LayerCase steps(Layer... layers) {
        return of(SEQUENCE, STEPS, layers);
    }

    private static LayerCase image(Layer... layers) {
        return of(IMAGE, Dimension.batchOf(4, 6, 8), layers);
    }

    private static LayerCase volume(Layer... layers) {
        return of(VOLUME, Dimension.batchOf(2, 5, 6, 7), layers);
    }

    private static LSTM lstm() {
        return new LSTM.Builder().nOut(3).activation(Activation.TANH).build();
    }

    static Stream<LayerCase> all() {
        return Stream.of(ofRows(), ofImages(), ofSequences(), ofVolumes()).flatMap(cases -> cases);
    }

    private static Stream<LayerCase> ofRows() {
        return Stream.of(
                rows(new DenseLayer.Builder()
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build()),
                rows(new DenseLayer.Builder().nOut(3).hasLayerNorm(true).build()),
                rows(new OutputLayer.Builder()
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build()),
                rows(new CenterLossOutputLayer.Builder()
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build()),
                rows(new AutoEncoder.Builder().nOut(3).build()),
                rows(new LossLayer.Builder().activation(Activation.SOFTMAX).build()),
                rows(new ActivationLayer(Activation.TANH)),
                rows(new DropoutLayer(0.5)),
                rows(new MaskLayer()),
                rows(new ElementWiseMultiplicationLayer.Builder().nIn(4).nOut(4).build()),
                rows(new VariationalAutoencoder.Builder()
                        .nOut(3)
                        .encoderLayerSizes(5)
                        .decoderLayerSizes(5)
                        .activation(Activation.TANH)
                        .build()),
                rows(new PReLULayer.Builder().inputShape(4).build()),
                rows(new FrozenLayer(new DenseLayer.Builder().nOut(3).build())),
                rows(new FrozenLayerWithBackprop(
                        new DenseLayer.Builder().nOut(3).build())),
                rows(new BatchNormalization.Builder().build()),
                rows(new RepeatVector.Builder(3).build()),
                of(
                        InputType.feedForward(VOCABULARY),
                        Dimension.batchOf(1),
                        new EmbeddingLayer.Builder()
                                .nIn(VOCABULARY)
                                .nOut(3)
                                .hasBias(true)
                                .build()),
                of(
                        InputType.recurrent(VOCABULARY),
                        List.of(Dimension.BATCH, TIME),
                        new EmbeddingSequenceLayer.Builder()
                                .nIn(VOCABULARY)
                                .nOut(3)
                                .build()));
    }

    private static Stream<LayerCase> ofImages() {
        return Stream.of(
                image(new ConvolutionLayer.Builder(2, 3).nOut(3).build()),
                image(new Convolution2D.Builder(2, 3).nOut(3).build()),
                image(new Deconvolution2D.Builder(2, 3).nOut(3).build()),
                image(new DepthwiseConvolution2D.Builder(2, 3)
                        .depthMultiplier(2)
                        .build()),
                image(new SeparableConvolution2D.Builder(2, 3).nOut(3).build()),
                image(new SubsamplingLayer.Builder().kernelSize(2, 3).build()),
                image(new SubsamplingLayer.Builder(PoolingType.AVG)
                        .kernelSize(2, 3)
                        .padding(1, 1)
                        .build()),
                image(new SubsamplingLayer.Builder(PoolingType.PNORM)
                        .kernelSize(2, 3)
                        .pnorm(2)
                        .build()),
                image(new Upsampling2D.Builder(2).build()),
                image(new ZeroPaddingLayer.Builder(1, 2).build()),
                image(new Cropping2D.Builder(1, 2).build()),
                image(new SpaceToDepthLayer.Builder(2).build()),
                image(new SpaceToBatchLayer.Builder().blocks(2, 2).build()),
                image(new LocalResponseNormalization.Builder().build()),
                image(new LocallyConnected2D.Builder()
                        .kernelSize(2, 2)
                        .setInputSize(6, 8)
                        .nOut(3)
                        .build()),
                image(new BatchNormalization.Builder().build()),
                image(new CnnLossLayer.Builder().activation(Activation.SOFTMAX).build()),
                image(new GlobalPoolingLayer.Builder().build()),
                image(new OutputLayer.Builder().nOut(3).build()),
                image(new Yolo2OutputLayer.Builder()
                        .boundingBoxPriors(Nd4j.createFromArray(new float[][] {{1, 2}, {3, 1}}))
                        .build()),
                image(
                        new PrimaryCapsules.Builder(4, 2, new int[] {3, 3}, new int[] {2, 2})
                                .hasBias(true)
                                .build(),
                        new CapsuleLayer.Builder(3, 5, 2).hasBias(true).build(),
                        new CapsuleStrengthLayer.Builder().build()));
    }

    private static Stream<LayerCase> ofSequences() {
        return Stream.of(
                steps(lstm()),
                steps(new SimpleRnn.Builder()
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build()),
                steps(new GravesLSTM.Builder()
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build()),
                steps(new GravesBidirectionalLSTM.Builder()
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build()),
                steps(new Bidirectional(lstm())),
                steps(new LastTimeStep(lstm())),
                steps(new MaskZeroLayer(lstm(), 0)),
                steps(new TimeDistributed(new DenseLayer.Builder().nOut(3).build())),
                steps(new Convolution1DLayer.Builder(2).nOut(3).build()),
                steps(new Convolution1D.Builder(2).nOut(3).build()),
                steps(new Subsampling1DLayer.Builder().kernelSize(2).build()),
                steps(new Subsampling1DLayer.Builder(PoolingType.AVG)
                        .kernelSize(2)
                        .padding(1)
                        .build()),
                steps(new Upsampling1D.Builder(2).build()),
                steps(new ZeroPadding1DLayer.Builder(1, 2).build()),
                steps(new Cropping1D.Builder(1, 2).build()),
                steps(new GlobalPoolingLayer.Builder(PoolingType.PNORM).pnorm(2).build()),
                steps(new RnnLossLayer.Builder().activation(Activation.SOFTMAX).build()),
                steps(new RnnOutputLayer.Builder()
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build()),
                steps(new SelfAttentionLayer.Builder()
                        .nOut(3)
                        .nHeads(1)
                        .headSize(2)
                        .projectInput(true)
                        .build()),
                steps(
                        new DenseLayer.Builder().nOut(3).build(),
                        new LSTM.Builder().nOut(2).build()),
                of(
                        InputType.recurrent(4, 6),
                        Dimension.batchOf(4, 6),
                        new LocallyConnected1D.Builder()
                                .kernelSize(2)
                                .setInputSize(6)
                                .nOut(3)
                                .build()));
    }

    private static Stream<LayerCase> ofVolumes() {
        return Stream.of(
                volume(new Convolution3D.Builder(2, 2, 2).nOut(3).build()),
                volume(new Deconvolution3D.Builder().kernelSize(2, 2, 2).nOut(3).build()),
                volume(new Subsampling3DLayer.Builder().kernelSize(2, 2, 2).build()),
                volume(new Upsampling3D.Builder(2).build()),
                volume(new ZeroPadding3DLayer.Builder(1, 2, 1).build()),
                volume(new Cropping3D.Builder(1, 2, 1).build()),
                volume(new Cnn3DLossLayer.Builder(Convolution3D.DataFormat.NCDHW)
                        .activation(Activation.SOFTMAX)
                        .build()));
    }
}
