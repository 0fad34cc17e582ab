package dev.jzoo.export.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.onnx.DataType;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Tests common forms of networks that need no declarations. */
@SuppressWarnings("deprecation") // saved networks have the deprecated layers
class UsualNetworksTest {

    private static ConvolutionLayer convolution(int kernel, ConvolutionMode mode) {
        return new ConvolutionLayer.Builder(kernel, kernel)
                .nOut(2)
                .convolutionMode(mode)
                .build();
    }

    private static SubsamplingLayer pooling(ConvolutionMode mode) {
        return new SubsamplingLayer.Builder()
                .kernelSize(2, 2)
                .stride(2, 2)
                .convolutionMode(mode)
                .build();
    }

    private static DynamicTest pictures(String name, boolean isOnlyOne, InputType type, Layer... layers) {
        return DynamicTest.dynamicTest(name, () -> {
            Layer[] all = Stream.concat(
                            Stream.of(layers),
                            Stream.of(new OutputLayer.Builder().nOut(2).build()))
                    .toArray(Layer[]::new);
            OnnxExporter.Exported exported =
                    OnnxExporter.of(Networks.chain(type, all)).export();
            assertArrayEquals(
                    type.getShape(),
                    exported.file().graph().inputs().get(0).shape().stream()
                            .skip(1)
                            .mapToLong(size -> ((Dimension.FixedDimension) size).size())
                            .toArray());
            assertEquals(isOnlyOne ? 0 : 1, exported.report().warnings().size(), () -> exported.report()
                    .toString());
        });
    }

    /** The layer that flattens knows its input, and only some sizes lead to it. */
    @TestFactory
    Stream<DynamicTest> theSizeOfPicturesFollowsFromWhatIsFlattened() {
        ConvolutionMode cut = ConvolutionMode.Truncate;
        ConvolutionMode same = ConvolutionMode.Same;
        InputType square = InputType.convolutional(28, 28, 1);
        return Stream.of(
                pictures("LeNet", false, square, convolution(5, cut), pooling(cut), convolution(5, cut), pooling(cut)),
                pictures("not square", false, InputType.convolutional(20, 36, 3), convolution(5, cut), pooling(cut)),
                pictures(
                        "padded",
                        false,
                        InputType.convolutional(32, 24, 3),
                        convolution(3, same),
                        pooling(same),
                        pooling(same)),
                pictures(
                        "strict",
                        true,
                        InputType.convolutional(20, 36, 3),
                        convolution(5, cut),
                        pooling(ConvolutionMode.Strict)),
                pictures("one convolution", true, square, convolution(5, cut)),
                pictures(
                        "channels last", true, InputType.convolutional(9, 7, 3, CNN2DFormat.NHWC), convolution(3, cut)),
                pictures("pooling first", false, square, pooling(cut), convolution(5, cut)),
                pictures("padding first", true, square, new ZeroPaddingLayer(1, 2), convolution(5, cut)),
                pictures(
                        "normalisation first",
                        true,
                        InputType.convolutional(9, 8, 6),
                        new LocalResponseNormalization(),
                        convolution(5, cut)),
                pictures(
                        "volumes",
                        false,
                        InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 6, 8, 10, 2),
                        new Convolution3D.Builder(3, 3, 3).nOut(2).build(),
                        new Subsampling3DLayer.Builder()
                                .kernelSize(2, 2, 2)
                                .stride(2, 2, 2)
                                .build()));
    }

    private static ComputationGraph graph(InputType type, GraphBuilder body) {
        ComputationGraph graph = new ComputationGraph(body.addInputs("in")
                .setInputTypes(type)
                .validateOutputLayerConfig(false)
                .build());
        graph.init();
        return graph;
    }

    private static GraphBuilder body() {
        return new NeuralNetConfiguration.Builder().seed(3).graphBuilder();
    }

    private static DenseLayer dense() {
        return new DenseLayer.Builder().nOut(3).build();
    }

    /**
     * DL4J's own output() fails with a NullPointerException for the second graph: its workspaces do not allow such
     * outputs.
     */
    @TestFactory
    Stream<DynamicTest> aGraphMayGiveItsInnerValues() {
        InputType picture = InputType.convolutional(6, 8, 2);
        return Stream.of(
                        graph(
                                InputType.feedForward(4),
                                body().addLayer("x", dense(), "in")
                                        .addLayer("y", dense(), "in")
                                        .addVertex("both", new MergeVertex(), "x", "y")
                                        .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "x", "y")
                                        .addLayer(
                                                "out",
                                                new OutputLayer.Builder()
                                                        .nOut(2)
                                                        .build(),
                                                "both")
                                        .setOutputs("both", "sum", "out", "x")),
                        graph(
                                picture,
                                body().addLayer("x", convolution(3, ConvolutionMode.Same), "in")
                                        .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "x", "in")
                                        .addLayer("pool", new GlobalPoolingLayer(PoolingType.MAX), "sum")
                                        .addLayer(
                                                "out",
                                                new OutputLayer.Builder()
                                                        .nOut(2)
                                                        .build(),
                                                "pool")
                                        .setOutputs("out", "sum")),
                        graph(
                                InputType.feedForward(4),
                                body().addLayer("x", dense(), "in")
                                        .addLayer("y", dense(), "x")
                                        .addVertex("distance", new L2Vertex(), "x", "y")
                                        .addVertex("scaled", new ScaleVertex(3), "distance")
                                        .setOutputs("distance", "scaled")),
                        graph(
                                picture,
                                body().addLayer("x", convolution(3, ConvolutionMode.Truncate), "in")
                                        .addVertex(
                                                "flat",
                                                new PreprocessorVertex(new CnnToFeedForwardPreProcessor(4, 6, 2)),
                                                "x")
                                        .addLayer("out", dense(), "flat")
                                        .setOutputs("x", "flat", "out")))
                .map(graph -> DynamicTest.dynamicTest(
                        String.valueOf(graph.getConfiguration().getNetworkOutputs()),
                        () -> assertTrue(OnnxExporter.of(graph)
                                .export()
                                .report()
                                .parity()
                                .agrees())));
    }

    @Test
    void anActivationThatOverwritesAnOutputIsNamed() {
        ComputationGraph graph = graph(
                InputType.feedForward(4),
                body().addLayer("x", dense(), "in")
                        .addVertex("twice", new ScaleVertex(2), "x")
                        .addLayer("relu", new ActivationLayer(Activation.RELU), "twice")
                        .setOutputs("twice", "relu"));
        INDArray[] given = graph.output(Nd4j.createFromArray(new float[][] {{1, -2, 3, -4}, {-1, 2, -3, 4}}));
        assertEquals(given[1], given[0], "DL4J itself: the output 'twice' is that of 'relu'");
        var failure = assertThrows(UnsupportedNetworkException.class, OnnxExporter.of(graph)::export);
        assertEquals(
                List.of("relu (ActivationLayer): DL4J overwrites 'twice' here, which is an output of the"
                        + " network; put a layer before the ActivationLayer"),
                failure.parts());
    }

    private static MultiLayerNetwork graves(CacheMode mode, Layer bidirectional) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(5)
                .cacheMode(mode)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .list()
                .layer(new LSTM.Builder().nIn(4).nOut(4).build())
                .layer(bidirectional)
                .layer(new RnnOutputLayer.Builder()
                        .nIn(3)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        return network;
    }

    private static GravesBidirectionalLSTM bidirectional() {
        return new GravesBidirectionalLSTM.Builder()
                .nIn(4)
                .nOut(3)
                .activation(Activation.TANH)
                .build();
    }

    /** The layer keeps its result for its next pass, even when it is frozen, so an export must not free it. */
    @Test
    void aNetworkIsUsableAfterItsExport() throws Exception {
        for (Layer layer : List.of(bidirectional(), new FrozenLayer(bidirectional()))) {
            MultiLayerNetwork network = graves(CacheMode.NONE, layer);
            INDArray x = Nd4j.rand(2, 4, 5);
            INDArray before = network.output(x);
            assertTrue(OnnxExporter.of(network).export().report().parity().agrees());
            network.setCacheMode(CacheMode.DEVICE);
            network.output(x); // goes on from the pass before
            network.setCacheMode(CacheMode.NONE);
            assertEquals(before, network.output(x));
        }
    }

    @Test
    void resultsOfAnEarlierCallAreNamedAsSuch() {
        MultiLayerNetwork network = graves(CacheMode.DEVICE, bidirectional());
        INDArray first = network.output(Nd4j.ones(2, 4, 5)).dup();
        INDArray second = network.output(Nd4j.ones(2, 4, 5).muli(7)).dup();
        INDArray third = network.output(Nd4j.ones(2, 4, 5)).dup();
        assertEquals(first, third, "every other call is right");
        network.setCacheMode(CacheMode.NONE);
        assertNotEquals(network.output(Nd4j.ones(2, 4, 5).muli(7)), second);
        network.setCacheMode(CacheMode.DEVICE);
        var failure = assertThrows(UnsupportedNetworkException.class, OnnxExporter.of(network)::export);
        assertEquals(
                List.of("1 (GravesBidirectionalLSTM): with the cache mode DEVICE DL4J returns the previous"
                        + " result at every second call; call network.setCacheMode(CacheMode.NONE)"),
                failure.parts());
    }

    /** DL4J normalises the channels if they are last; otherwise it treats the examples as channels. */
    @Test
    void aSequenceIsNormalisedOverItsChannelsWhereTheseAreLast() {
        Layer[] layers = {
            new Convolution1DLayer.Builder(3)
                    .nOut(5)
                    .rnnDataFormat(RNNFormat.NWC)
                    .build(),
            new BatchNormalization.Builder().dataFormat(CNN2DFormat.NHWC).build(),
            new RnnOutputLayer.Builder().nOut(2).dataFormat(RNNFormat.NWC).build()
        };
        Contract.of(Networks.chain(InputType.recurrent(4, 10, RNNFormat.NWC), layers))
                .input(Dimension.BATCH, Dimension.of("time"), Dimension.of(4))
                .holdsForSeveralSeeds();
        MultiLayerNetwork first = Networks.chain(
                InputType.recurrent(4),
                new Convolution1DLayer.Builder(3).nOut(5).build(),
                new BatchNormalization());
        OnnxExporter exporter = OnnxExporter.of(first)
                .input("x", DataType.FLOAT, List.of(Dimension.BATCH, Dimension.of(4), Dimension.of("time")));
        String message =
                assertThrows(IllegalArgumentException.class, exporter::export).getMessage();
        assertTrue(message.contains("input.size(1) does not match expected input size of 5"), message);
    }
}
