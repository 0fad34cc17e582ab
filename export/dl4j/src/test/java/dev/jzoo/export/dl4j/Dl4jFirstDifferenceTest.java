package dev.jzoo.export.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.Parity;
import dev.jzoo.export.testing.Miswritten;
import dev.jzoo.onnx.DataType;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Tests that the first difference names the layer of a DL4J network that was written with wrong weights. */
class Dl4jFirstDifferenceTest {

    /** Returns a network in which layer 2 overwrites the output of layer 1 when DL4J runs it. */
    private static MultiLayerNetwork pictures(CNN2DFormat format) {
        return Networks.chain(
                InputType.convolutional(9, 7, 2, format),
                new ConvolutionLayer.Builder(3, 3)
                        .nOut(3)
                        .activation(Activation.IDENTITY)
                        .dataFormat(format)
                        .build(),
                new BatchNormalization.Builder().dataFormat(format).build(),
                new ActivationLayer(Activation.TANH),
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX, new int[] {2, 2})
                        .dataFormat(format)
                        .build(),
                new DenseLayer.Builder().nOut(4).activation(Activation.RELU).build(),
                new OutputLayer.Builder()
                        .name("scores")
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build());
    }

    private static MultiLayerNetwork sequences(RNNFormat format) {
        return Networks.chain(
                InputType.recurrent(3, format),
                new LSTM.Builder().nOut(4).dataFormat(format).build(),
                new DenseLayer.Builder().nOut(5).activation(Activation.TANH).build(),
                new LSTM.Builder().nOut(4).dataFormat(format).build(),
                new RnnOutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .dataFormat(format)
                        .build());
    }

    private static ComputationGraph branches() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(5)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(4))
                .addLayer(
                        "left",
                        new DenseLayer.Builder()
                                .nOut(3)
                                .activation(Activation.TANH)
                                .build(),
                        "in")
                .addLayer(
                        "right",
                        new DenseLayer.Builder()
                                .nOut(2)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "in")
                .addLayer("bent", new ActivationLayer(Activation.SIGMOID), "right")
                .addVertex("both", new MergeVertex(), "left", "bent")
                .addLayer(
                        "scores",
                        new OutputLayer.Builder()
                                .nOut(3)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "both")
                .setOutputs("scores")
                .build());
        graph.init();
        return graph;
    }

    private static Parity parity(Object right, Object written) throws IOException {
        return OnnxExporter.of(new Miswritten(right, written)).report().parity();
    }

    /** Changes one value: the same change to all of them would not change a softmax. */
    private static <N extends Model> N changed(N network, String parameter) {
        INDArray values = network.getParam(parameter);
        values.putScalar(0, values.getDouble(0) + 0.7);
        return network;
    }

    private static void assertNamed(String node, Parity parity) {
        assertFalse(parity.agrees());
        String sentence = parity.firstDifference();
        assertTrue(sentence.contains(" is written by " + node), sentence);
        assertTrue(sentence.matches(".*, value \\d+: \\S+ in the framework, \\S+ in ONNX Runtime\\."), sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "NCHW, 0_W, Conv '/0/Conv'",
        "NCHW, 1_beta, BatchNormalization '/1/BatchNormalization'",
        "NCHW, 4_W, Relu '/4/Relu'",
        "NCHW, 5_b, Softmax '/scores/Softmax'",
        "NHWC, 0_b, Transpose '/0/Transpose_1'",
        "NHWC, 1_mean, Transpose '/1/Transpose_1'",
        "NHWC, 4_b, Relu '/4/Relu'"
    })
    void aLayerOfAConvolutionalNetworkIsNamed(CNN2DFormat format, String parameter, String node) throws IOException {
        MultiLayerNetwork network = pictures(format);
        Miswritten careless = new Miswritten(network, changed(network.clone(), parameter));
        List<Dimension> shape = format == CNN2DFormat.NCHW ? Dimension.batchOf(2, 9, 7) : Dimension.batchOf(9, 7, 2);
        assertNamed(
                node,
                OnnxExporter.of(careless)
                        .input("input", DataType.FLOAT, shape)
                        .report()
                        .parity());
    }

    @ParameterizedTest
    @CsvSource({
        "NCW, 0_RW, Transpose '/0/Transpose_1'",
        "NCW, 1_W, Tanh '/1/Tanh'",
        "NWC, 1_b, Tanh '/1/Tanh'",
        "NWC, 2_W, Transpose '/2/Transpose_2'"
    })
    void aLayerOfARecurrentNetworkIsNamed(RNNFormat format, String parameter, String node) throws IOException {
        MultiLayerNetwork network = sequences(format);
        assertNamed(node, parity(network, changed(network.clone(), parameter)));
    }

    @ParameterizedTest
    @CsvSource({"left_W, Tanh '/left/Tanh'", "right_b, Gemm '/right/Gemm'", "scores_W, Softmax '/scores/Softmax'"})
    void aVertexOfAGraphIsNamed(String parameter, String node) throws IOException {
        ComputationGraph written = branches();
        ComputationGraph right = branches();
        assertEquals(right.params(), written.params());
        assertNamed(node, parity(right, changed(written, parameter)));
    }
}
