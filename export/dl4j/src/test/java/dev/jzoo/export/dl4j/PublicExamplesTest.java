package dev.jzoo.export.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CapsuleLayer;
import org.deeplearning4j.nn.conf.layers.CapsuleStrengthLayer;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.PrimaryCapsules;
import org.deeplearning4j.nn.conf.layers.RecurrentAttentionLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.variational.BernoulliReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.conf.ocnn.OCNNOutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Exports the networks of DL4J's quickstart and of its public examples on modelling, rebuilt with few units from their
 * descriptions in the documentation. Each agrees or is refused for a true reason.
 */
@SuppressWarnings("deprecation") // the examples have the deprecated layers
class PublicExamplesTest {

    private static final String NO_FORM = "no ONNX form is known";

    private static MultiLayerNetwork chain(UnaryOperator<NeuralNetConfiguration.ListBuilder> body) {
        MultiLayerNetwork network = new MultiLayerNetwork(body.apply(new NeuralNetConfiguration.Builder()
                        .seed(123)
                        .weightInit(WeightInit.XAVIER)
                        .updater(new Nesterovs(0.01, 0.9))
                        .l2(1e-4)
                        .list())
                .build());
        network.init();
        return network;
    }

    private static ComputationGraph graph(UnaryOperator<GraphBuilder> body) {
        ComputationGraph network = new ComputationGraph(body.apply(new NeuralNetConfiguration.Builder()
                        .seed(123)
                        .weightInit(WeightInit.XAVIER)
                        .updater(new Adam(1e-3))
                        .graphBuilder())
                .build());
        network.init();
        return network;
    }

    private static DenseLayer dense(int in, int out, Activation function) {
        return new DenseLayer.Builder().nIn(in).nOut(out).activation(function).build();
    }

    private static OutputLayer classes(int in, int out) {
        return new OutputLayer.Builder(LossFunction.NEGATIVELOGLIKELIHOOD)
                .nIn(in)
                .nOut(out)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static RnnOutputLayer stepClasses(int in, int out) {
        return new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nIn(in)
                .nOut(out)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static LSTM lstm(int in, int out) {
        return new LSTM.Builder().nIn(in).nOut(out).activation(Activation.TANH).build();
    }

    private static ConvolutionLayer convolution(int kernel, int stride, int out) {
        return new ConvolutionLayer.Builder(kernel, kernel)
                .stride(stride, stride)
                .nOut(out)
                .activation(Activation.RELU)
                .build();
    }

    private static SubsamplingLayer pooling() {
        return new SubsamplingLayer.Builder(PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }

    /** Tests a network, with declared inputs if the layers do not determine them. */
    private static DynamicTest exports(String name, Object network, ValueInfo... declared) {
        return DynamicTest.dynamicTest(name, () -> {
            Contract.randomise(network, 11);
            OnnxExporter exporter = OnnxExporter.of(network);
            for (ValueInfo input : declared) {
                exporter.input(input.name(), input.type(), input.shape());
            }
            assertTrue(exporter.export().report().parity().agrees());
        });
    }

    private static ValueInfo picture(long... sizes) {
        return new ValueInfo("in", DataType.FLOAT, Dimension.batchOf(sizes));
    }

    private static ValueInfo sequence(String name, long features) {
        return new ValueInfo(
                name, DataType.FLOAT, List.of(Dimension.BATCH, Dimension.of(features), Dimension.of("time")));
    }

    private static DynamicTest refuses(String name, Object network, String reason) {
        return DynamicTest.dynamicTest(name, () -> {
            var failure = assertThrows(UnsupportedNetworkException.class, OnnxExporter.of(network)::export);
            assertEquals(List.of(reason), failure.parts());
        });
    }

    @TestFactory
    Stream<DynamicTest> quickstart() {
        return Stream.of(
                exports("linear and moon classifier", chain(list -> list.layer(dense(2, 20, Activation.RELU))
                        .layer(classes(20, 2)))),
                exports("iris", chain(list -> list.layer(dense(4, 3, Activation.TANH))
                        .layer(dense(3, 3, Activation.TANH))
                        .layer(classes(3, 3)))),
                exports("MNIST, one hidden layer", chain(list -> list.layer(dense(784, 20, Activation.RELU))
                        .layer(classes(20, 10)))),
                exports("MNIST, two hidden layers", chain(list -> list.layer(dense(784, 12, Activation.RELU))
                        .layer(dense(12, 9, Activation.RELU))
                        .layer(classes(9, 10)))),
                exports("LeNet on MNIST", chain(list -> list.layer(convolution(5, 1, 3))
                        .layer(pooling())
                        .layer(convolution(5, 1, 4))
                        .layer(pooling())
                        .layer(new DenseLayer.Builder()
                                .nOut(12)
                                .activation(Activation.RELU)
                                .build())
                        .layer(new OutputLayer.Builder()
                                .nOut(10)
                                .activation(Activation.SOFTMAX)
                                .build())
                        .setInputType(InputType.convolutionalFlat(28, 28, 1)))),
                exports("CIFAR-10", chain(list -> list.layer(convolution(3, 1, 3))
                        .layer(new BatchNormalization())
                        .layer(pooling())
                        .layer(convolution(1, 1, 2))
                        .layer(new BatchNormalization())
                        .layer(convolution(3, 1, 4))
                        .layer(pooling())
                        .layer(new OutputLayer.Builder()
                                .nOut(10)
                                .activation(Activation.SOFTMAX)
                                .build())
                        .setInputType(InputType.convolutional(32, 32, 3)))),
                exports("regression of a sum", chain(list -> list.layer(dense(2, 10, Activation.TANH))
                        .layer(new OutputLayer.Builder(LossFunction.MSE)
                                .nIn(10)
                                .nOut(1)
                                .activation(Activation.IDENTITY)
                                .build()))),
                exports("anomalies by an autoencoder", chain(list -> list.layer(dense(784, 12, Activation.RELU))
                        .layer(dense(12, 4, Activation.RELU))
                        .layer(dense(4, 12, Activation.RELU))
                        .layer(new OutputLayer.Builder(LossFunction.MSE)
                                .nIn(12)
                                .nOut(784)
                                .activation(Activation.RELU)
                                .build()))),
                exports("stacked autoencoders", chain(list -> list.layer(
                                new AutoEncoder.Builder().nIn(20).nOut(8).build())
                        .layer(new AutoEncoder.Builder().nIn(8).nOut(4).build())
                        .layer(classes(4, 3)))),
                exports(
                        "variational autoencoder",
                        chain(list -> list.layer(new VariationalAutoencoder.Builder()
                                .activation(Activation.LEAKYRELU)
                                .nIn(30)
                                .nOut(2)
                                .encoderLayerSizes(12, 10)
                                .decoderLayerSizes(10, 12)
                                .pzxActivationFunction(Activation.IDENTITY)
                                .reconstructionDistribution(new BernoulliReconstructionDistribution(Activation.SIGMOID))
                                .build()))));
    }

    @TestFactory
    Stream<DynamicTest> sequences() {
        return Stream.of(
                exports(
                        "characters, two LSTMs",
                        chain(list -> list.layer(lstm(11, 6)).layer(lstm(6, 6)).layer(stepClasses(6, 11)))),
                exports("characters, two Graves LSTMs", chain(list -> list.layer(new GravesLSTM.Builder()
                                .nIn(11)
                                .nOut(6)
                                .activation(Activation.TANH)
                                .build())
                        .layer(new GravesLSTM.Builder()
                                .nIn(6)
                                .nOut(6)
                                .activation(Activation.TANH)
                                .build())
                        .layer(stepClasses(6, 11)))),
                exports("characters, as a graph", graph(graph -> graph.addInputs("input")
                        .addLayer("first", lstm(11, 6), "input")
                        .addLayer("second", lstm(6, 6), "first")
                        .addLayer("outputLayer", stepClasses(12, 11), "first", "second")
                        .setOutputs("outputLayer"))),
                DynamicTest.dynamicTest("sentiment of word vectors, with lengths", () -> {
                    Object network = chain(list -> list.layer(lstm(7, 5)).layer(stepClasses(5, 2)));
                    Contract.randomise(network, 12);
                    assertTrue(OnnxExporter.of(network)
                            .lengths("lengths")
                            .export()
                            .report()
                            .parity()
                            .agrees());
                }),
                exports("sequences of the UCI archive", chain(list -> list.layer(lstm(1, 10))
                        .layer(stepClasses(10, 6)))),
                exports("a memory of the first numbers", chain(list -> list.layer(lstm(3, 4))
                        .layer(new LastTimeStep(lstm(4, 4)))
                        .layer(classes(4, 3)))),
                exports("both directions", chain(list -> list.layer(
                                new Bidirectional(Bidirectional.Mode.CONCAT, lstm(6, 4)))
                        .layer(new GlobalPoolingLayer(PoolingType.MAX))
                        .layer(classes(8, 2)))),
                exports(
                        "addition, encoder and decoder",
                        graph(graph -> graph.addInputs("additionIn", "sumOut")
                                .setInputTypes(InputType.recurrent(14), InputType.recurrent(14))
                                .addLayer("encoder", lstm(14, 8), "additionIn")
                                .addVertex("lastTimeStep", new LastTimeStepVertex("additionIn"), "encoder")
                                .addVertex(
                                        "duplicateTimeStep", new DuplicateToTimeSeriesVertex("sumOut"), "lastTimeStep")
                                .addLayer("decoder", lstm(22, 8), "sumOut", "duplicateTimeStep")
                                .addLayer("output", stepClasses(8, 14), "decoder")
                                .setOutputs("output")),
                        sequence("additionIn", 14),
                        sequence("sumOut", 14)),
                exports("ids of words", chain(list -> list.layer(new EmbeddingSequenceLayer.Builder()
                                .nIn(20)
                                .nOut(5)
                                .build())
                        .layer(lstm(5, 4))
                        .layer(new GlobalPoolingLayer(PoolingType.AVG))
                        .layer(classes(4, 2)))),
                exports("attention over what an LSTM reads", chain(list -> list.layer(lstm(5, 6))
                        .layer(new SelfAttentionLayer.Builder()
                                .nOut(6)
                                .nHeads(2)
                                .projectInput(true)
                                .build())
                        .layer(new GlobalPoolingLayer(PoolingType.MAX))
                        .layer(new OutputLayer.Builder()
                                .nOut(3)
                                .activation(Activation.SOFTMAX)
                                .build())
                        .setInputType(InputType.recurrent(5)))),
                refuses(
                        "recurrent attention",
                        chain(list -> list.layer(lstm(5, 6))
                                .layer(new RecurrentAttentionLayer.Builder()
                                        .nIn(6)
                                        .nOut(6)
                                        .nHeads(1)
                                        .headSize(6)
                                        .build())
                                .layer(new GlobalPoolingLayer(PoolingType.MAX))
                                .layer(classes(6, 3))
                                .setInputType(InputType.recurrent(5))),
                        "1 (RecurrentAttentionLayer): " + NO_FORM),
                exports("frames of a video", chain(list -> list.layer(convolution(3, 2, 3))
                        .layer(pooling())
                        .layer(new DenseLayer.Builder()
                                .nOut(6)
                                .activation(Activation.RELU)
                                .build())
                        .layer(new LSTM.Builder()
                                .nOut(5)
                                .activation(Activation.TANH)
                                .build())
                        .layer(new RnnOutputLayer.Builder()
                                .nOut(4)
                                .activation(Activation.SOFTMAX)
                                .build())
                        .inputPreProcessor(0, new RnnToCnnPreProcessor(14, 14, 3))
                        .inputPreProcessor(2, new CnnToFeedForwardPreProcessor(3, 3, 3))
                        .inputPreProcessor(3, new FeedForwardToRnnPreProcessor())
                        .setInputType(InputType.recurrent(14 * 14 * 3)))));
    }

    @TestFactory
    Stream<DynamicTest> graphs() {
        return Stream.of(
                exports("two tasks", graph(graph -> graph.addInputs("in")
                        .addLayer("shared", dense(5, 6, Activation.TANH), "in")
                        .addLayer("class", classes(6, 3), "shared")
                        .addLayer(
                                "amount",
                                new OutputLayer.Builder(LossFunction.MSE)
                                        .nIn(6)
                                        .nOut(1)
                                        .activation(Activation.IDENTITY)
                                        .build(),
                                "shared")
                        .setOutputs("class", "amount"))),
                exports("who likes what", graph(graph -> graph.addInputs("user", "item")
                        .setInputTypes(InputType.feedForward(30), InputType.feedForward(20))
                        .addLayer(
                                "userTable",
                                new EmbeddingLayer.Builder().nIn(30).nOut(4).build(),
                                "user")
                        .addLayer(
                                "itemTable",
                                new EmbeddingLayer.Builder().nIn(20).nOut(4).build(),
                                "item")
                        .addVertex("both", new MergeVertex(), "userTable", "itemTable")
                        .addLayer("score", classes(8, 2), "both")
                        .setOutputs("score"))),
                exports("a residual block", graph(graph -> graph.addInputs("in")
                        .setInputTypes(InputType.convolutional(8, 8, 3))
                        .addLayer(
                                "a",
                                new ConvolutionLayer.Builder(3, 3)
                                        .convolutionMode(ConvolutionMode.Same)
                                        .nOut(3)
                                        .build(),
                                "in")
                        .addLayer("norm", new BatchNormalization(), "a")
                        .addLayer("relu", new ActivationLayer(Activation.RELU), "norm")
                        .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "relu", "in")
                        .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "sum")
                        .addLayer("out", classes(3, 4), "pool")
                        .setOutputs("out"))),
                exports("faces with a centre loss", graph(graph -> graph.addInputs("in")
                        .setInputTypes(InputType.convolutional(12, 12, 3))
                        .addLayer("conv", convolution(3, 1, 4), "in")
                        .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "conv")
                        .addLayer("bottleneck", dense(4, 5, Activation.IDENTITY), "pool")
                        .addVertex("embeddings", new L2NormalizeVertex(new int[] {}, 1e-6), "bottleneck")
                        .addLayer(
                                "lossLayer",
                                new CenterLossOutputLayer.Builder()
                                        .lossFunction(LossFunction.MCXENT)
                                        .activation(Activation.SOFTMAX)
                                        .nIn(5)
                                        .nOut(3)
                                        .build(),
                                "embeddings")
                        .setOutputs("lossLayer"))),
                exports("siamese, by distance", graph(graph -> graph.addInputs("left", "right")
                        .setInputTypes(InputType.feedForward(6), InputType.feedForward(6))
                        .addVertex("stack", new StackVertex(), "left", "right")
                        .addLayer("shared", dense(6, 4, Activation.TANH), "stack")
                        .addVertex("a", new UnstackVertex(0, 2), "shared")
                        .addVertex("b", new UnstackVertex(1, 2), "shared")
                        .addVertex("distance", new L2Vertex(), "a", "b")
                        .addLayer(
                                "loss",
                                new LossLayer.Builder(LossFunction.MSE)
                                        .activation(Activation.IDENTITY)
                                        .build(),
                                "distance")
                        .setOutputs("loss"))),
                exports("sentences by convolutions of three widths", graph(graph -> graph.addInputs("input")
                        .setInputTypes(InputType.convolutional(12, 6, 1))
                        .addLayer(
                                "cnn3",
                                new ConvolutionLayer.Builder()
                                        .kernelSize(3, 6)
                                        .stride(1, 6)
                                        .nOut(3)
                                        .build(),
                                "input")
                        .addLayer(
                                "cnn4",
                                new ConvolutionLayer.Builder()
                                        .kernelSize(4, 6)
                                        .stride(1, 6)
                                        .nOut(3)
                                        .build(),
                                "input")
                        .addLayer("p3", new GlobalPoolingLayer(PoolingType.MAX), "cnn3")
                        .addLayer("p4", new GlobalPoolingLayer(PoolingType.MAX), "cnn4")
                        .addVertex("merge", new MergeVertex(), "p3", "p4")
                        .addLayer("out", classes(6, 2), "merge")
                        .setOutputs("out"))));
    }

    @TestFactory
    Stream<DynamicTest> pictures() {
        INDArray priors = Nd4j.createFromArray(new float[][] {{1.5f, 1}, {2, 3}});
        return Stream.of(
                exports(
                        "Tiny YOLO on house numbers",
                        graph(graph -> graph.addInputs("in")
                                .setInputTypes(InputType.convolutional(32, 32, 3))
                                .addLayer("conv", convolution(3, 2, 4), "in")
                                .addLayer("norm", new BatchNormalization(), "conv")
                                .addLayer("leaky", new ActivationLayer(Activation.LEAKYRELU), "norm")
                                .addLayer(
                                        "boxes",
                                        new ConvolutionLayer.Builder(1, 1)
                                                .nOut(2 * (5 + 3))
                                                .activation(Activation.IDENTITY)
                                                .build(),
                                        "leaky")
                                .addLayer(
                                        "outputs",
                                        new Yolo2OutputLayer.Builder()
                                                .boundingBoxPriors(priors)
                                                .build(),
                                        "boxes")
                                .setOutputs("outputs")),
                        picture(3, 32, 32)),
                exports(
                        "U-Net",
                        graph(graph -> graph.addInputs("in")
                                .setInputTypes(InputType.convolutional(16, 16, 3))
                                .addLayer("down", same(4), "in")
                                .addLayer("pool", pooling(), "down")
                                .addLayer("deep", same(6), "pool")
                                .addLayer("up", new Upsampling2D.Builder(2).build(), "deep")
                                .addVertex("skip", new MergeVertex(), "down", "up")
                                .addLayer("last", same(1), "skip")
                                .addLayer(
                                        "mask",
                                        new CnnLossLayer.Builder(LossFunction.XENT)
                                                .activation(Activation.SIGMOID)
                                                .build(),
                                        "last")
                                .setOutputs("mask")),
                        picture(3, 16, 16)),
                exports("capsules on MNIST", chain(list -> list.layer(convolution(9, 2, 4))
                        .layer(new PrimaryCapsules.Builder(4, 2)
                                .kernelSize(5, 5)
                                .stride(2, 2)
                                .build())
                        .layer(new CapsuleLayer.Builder(3, 5, 3).build())
                        .layer(new CapsuleStrengthLayer.Builder().build())
                        .layer(new ActivationLayer(Activation.SOFTMAX))
                        .layer(new LossLayer.Builder(LossFunction.NEGATIVELOGLIKELIHOOD)
                                .activation(Activation.IDENTITY)
                                .build())
                        .setInputType(InputType.convolutionalFlat(28, 28, 1)))),
                exports("transfer learning with frozen features", chain(list -> list.layer(
                                new FrozenLayer(convolution(3, 1, 4)))
                        .layer(new FrozenLayer(pooling()))
                        .layer(new OutputLayer.Builder()
                                .nOut(5)
                                .activation(Activation.SOFTMAX)
                                .build())
                        .setInputType(InputType.convolutional(12, 12, 3)))),
                refuses(
                        "novelties by a one-class network",
                        chain(list -> list.layer(dense(4, 3, Activation.SIGMOID))
                                .layer(new OCNNOutputLayer.Builder()
                                        .nIn(3)
                                        .hiddenLayerSize(2)
                                        .activation(Activation.IDENTITY)
                                        .build())),
                        "1 (OCNNOutputLayer): " + NO_FORM));
    }

    private static ConvolutionLayer same(int out) {
        return new ConvolutionLayer.Builder(3, 3)
                .convolutionMode(ConvolutionMode.Same)
                .nOut(out)
                .activation(Activation.RELU)
                .build();
    }
}
