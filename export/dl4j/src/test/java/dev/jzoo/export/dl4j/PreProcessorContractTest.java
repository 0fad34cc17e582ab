package dev.jzoo.export.dl4j;

import dev.jzoo.zoo.card.Dimension;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnn3DPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.preprocessors.KerasFlattenRnnPreprocessor;
import org.deeplearning4j.preprocessors.PermutePreprocessor;
import org.deeplearning4j.preprocessors.ReshapePreprocessor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.activations.Activation;

class PreProcessorContractTest {

    private static final Dimension TIME = Dimension.of("time");

    /** Tests a preprocessor alone, before an activation that does nothing. */
    private static DynamicTest alone(String name, InputPreProcessor preprocessor, Dimension... shape) {
        return DynamicTest.dynamicTest(name, () -> {
            MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                    .list()
                    .layer(new ActivationLayer(Activation.IDENTITY))
                    .inputPreProcessor(0, preprocessor)
                    .build());
            network.init();
            Contract.of(network).input(shape).holds(1).holds(2);
        });
    }

    private static Dimension[] batchOf(long... sizes) {
        return Dimension.batchOf(sizes).toArray(new Dimension[0]);
    }

    @TestFactory
    Stream<DynamicTest> preprocessorsAloneAgree() {
        return Stream.of(
                alone("image to row", new CnnToFeedForwardPreProcessor(3, 4, 2), batchOf(2, 3, 4)),
                alone(
                        "image to row, channels last",
                        new CnnToFeedForwardPreProcessor(3, 4, 2, CNN2DFormat.NHWC),
                        batchOf(3, 4, 2)),
                alone("volume to row", new Cnn3DToFeedForwardPreProcessor(3, 4, 5, 2, true), batchOf(2, 3, 4, 5)),
                alone("row to image", new FeedForwardToCnnPreProcessor(3, 4, 2), batchOf(24)),
                alone("row to volume", new FeedForwardToCnn3DPreProcessor(3, 4, 5, 2, true), batchOf(120)),
                alone("sequence to rows", new RnnToFeedForwardPreProcessor(), Dimension.BATCH, Dimension.of(4), TIME),
                alone(
                        "sequence to rows, features last",
                        new RnnToFeedForwardPreProcessor(RNNFormat.NWC),
                        Dimension.BATCH,
                        TIME,
                        Dimension.of(4)),
                alone("sequence to images", new RnnToCnnPreProcessor(3, 4, 2), Dimension.BATCH, Dimension.of(24), TIME),
                alone(
                        "sequence to images, features last",
                        new RnnToCnnPreProcessor(3, 4, 2, RNNFormat.NWC),
                        Dimension.BATCH,
                        TIME,
                        Dimension.of(24)),
                alone("rows to sequence", new FeedForwardToRnnPreProcessor(), batchOf(4)),
                alone("images to sequence", new CnnToRnnPreProcessor(3, 4, 2), batchOf(2, 3, 4)),
                alone(
                        "images to sequence, features last",
                        new CnnToRnnPreProcessor(3, 4, 2, RNNFormat.NWC),
                        batchOf(2, 3, 4)),
                alone(
                        "two in a row",
                        new ComposableInputPreProcessor(
                                new CnnToFeedForwardPreProcessor(3, 4, 2), new FeedForwardToCnnPreProcessor(4, 2, 3)),
                        batchOf(2, 3, 4)),
                alone("sequence flattened", new KerasFlattenRnnPreprocessor(4, 6), batchOf(4, 6)),
                alone("permuted", new PermutePreprocessor(3, 1, 2), batchOf(2, 3, 4)),
                alone(
                        "reshaped",
                        new ReshapePreprocessor(new long[] {2, 12}, new long[] {3, 8}, false),
                        batchOf(2, 12)));
    }

    @Test
    void imagesInASequenceKeepTheirOrder() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new ConvolutionLayer.Builder(2, 2)
                        .nIn(2)
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build())
                .layer(new LSTM.Builder()
                        .nIn(2 * 3 * 3)
                        .nOut(4)
                        .activation(Activation.TANH)
                        .build())
                .inputPreProcessor(0, new RnnToCnnPreProcessor(3, 4, 2))
                .inputPreProcessor(1, new CnnToRnnPreProcessor(2, 3, 3))
                .build());
        network.init();
        Contract.of(network).holdsForSeveralSeeds();
    }

    @Test
    void flatImagesTellTheirSize() {
        Contract.of(Networks.chain(
                        InputType.convolutionalFlat(5, 6, 2),
                        new ConvolutionLayer.Builder(2, 2)
                                .nOut(3)
                                .activation(Activation.TANH)
                                .build(),
                        new DenseLayer.Builder()
                                .nOut(4)
                                .activation(Activation.TANH)
                                .build()))
                .holdsForSeveralSeeds();
    }

    @Test
    void volumesBecomeRows() {
        Contract.of(Networks.chain(
                        InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 3, 4, 5, 2),
                        new DenseLayer.Builder()
                                .nOut(4)
                                .activation(Activation.TANH)
                                .build()))
                .holdsForSeveralSeeds();
    }
}
