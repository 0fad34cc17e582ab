package dev.jzoo.cli.damage;

import dev.jzoo.export.InputValues;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small DL4J networks of the usual kinds. */
final class Dl4jNetworks {

    private static final InputType PICTURE = InputType.convolutional(12, 12, 3);
    private static final InputType SEQUENCE = InputType.recurrent(4);

    private Dl4jNetworks() {}

    private static NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .weightInit(WeightInit.XAVIER)
                .activation(Activation.RELU);
    }

    private static Layer dense(int units) {
        return new DenseLayer.Builder().nOut(units).build();
    }

    private static ConvolutionLayer.Builder convolution(int filters) {
        return new ConvolutionLayer.Builder(3, 3).nOut(filters);
    }

    private static Layer classes(int count) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(count)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static Layer steps(int count) {
        return new RnnOutputLayer.Builder(LossFunction.MSE)
                .nOut(count)
                .activation(Activation.IDENTITY)
                .build();
    }

    private static ExportedNetwork chain(String name, List<Dimension> shape, InputType input, Layer... layers) {
        return chain(name, shape, InputValues.unknown(), input, layers);
    }

    private static ExportedNetwork chain(
            String name, List<Dimension> shape, InputValues values, InputType input, Layer... layers) {
        var list = settings().list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork network =
                new MultiLayerNetwork(list.setInputType(input).build());
        network.init();
        trained(
                network.params(),
                network.paramTable().keySet().stream()
                        .filter(key -> key.endsWith("_b") || key.endsWith("_beta") || key.endsWith("_mean"))
                        .map(network::getParam)
                        .toList());
        return new ExportedNetwork(
                "DL4J " + name, () -> network, List.of(new ValueInfo("input", DataType.FLOAT, shape)), List.of(values));
    }

    /** Sets biases and means as after some training. */
    private static void trained(INDArray all, List<INDArray> shifts) {
        Nd4j.getRandom().setSeed(all.length());
        shifts.forEach(shift -> shift.assign(Nd4j.rand(shift.shape()).subi(0.5)));
    }

    private static ExportedNetwork graph(String name, List<Dimension> shape, InputType input, Object[]... vertices) {
        var builder = settings().graphBuilder().addInputs("input").setInputTypes(input);
        for (Object[] vertex : vertices) {
            String[] reads = ((String) vertex[2]).split(" ");
            if (vertex[1] instanceof Layer layer) {
                builder.addLayer((String) vertex[0], layer, reads);
            } else {
                builder.addVertex((String) vertex[0], (org.deeplearning4j.nn.conf.graph.GraphVertex) vertex[1], reads);
            }
        }
        ComputationGraph network =
                new ComputationGraph(builder.setOutputs("out").build());
        network.init();
        return new ExportedNetwork(
                "DL4J " + name,
                () -> network,
                List.of(new ValueInfo("input", DataType.FLOAT, shape)),
                List.of(InputValues.unknown()));
    }

    private static Object[] vertex(String name, Object part, String reads) {
        return new Object[] {name, part, reads};
    }

    static List<ExportedNetwork> all() {
        List<Dimension> picture = Dimension.batchOf(3, 12, 12);
        List<Dimension> sequence = List.of(Dimension.BATCH, Dimension.of(4), Dimension.of("time"));
        return List.of(
                chain("perceptron", Dimension.batchOf(4), InputType.feedForward(4), dense(12), dense(8), classes(3)),
                chain(
                        "slopes",
                        Dimension.batchOf(5),
                        InputType.feedForward(5),
                        dense(6),
                        new PReLULayer.Builder().inputShape(6).build(),
                        new DenseLayer.Builder()
                                .nOut(6)
                                .activation(Activation.LEAKYRELU)
                                .build(),
                        classes(2)),
                chain(
                        "normalised perceptron",
                        Dimension.batchOf(5),
                        InputType.feedForward(5),
                        dense(8),
                        new BatchNormalization(),
                        dense(8),
                        classes(3)),
                chain(
                        "LeNet",
                        picture,
                        PICTURE,
                        convolution(4).build(),
                        new SubsamplingLayer.Builder(
                                        SubsamplingLayer.PoolingType.MAX, new int[] {2, 2}, new int[] {2, 2})
                                .build(),
                        convolution(5).stride(2, 1).build(),
                        dense(10),
                        classes(4)),
                chain(
                        "separable convolution",
                        picture,
                        PICTURE,
                        new SeparableConvolution2D.Builder(3, 3)
                                .nOut(5)
                                .depthMultiplier(2)
                                .build(),
                        new SubsamplingLayer.Builder(
                                        SubsamplingLayer.PoolingType.AVG, new int[] {2, 2}, new int[] {2, 2})
                                .build(),
                        classes(3)),
                chain(
                        "local response",
                        picture,
                        PICTURE,
                        convolution(8).build(),
                        new LocalResponseNormalization.Builder().n(3).alpha(0.5).build(),
                        new GlobalPoolingLayer(),
                        classes(3)),
                chain(
                        "upsampling",
                        picture,
                        PICTURE,
                        convolution(3).activation(Activation.ELU).build(),
                        new Upsampling2D.Builder(2).build(),
                        new Deconvolution2D.Builder(2, 2).nOut(2).stride(1, 1).build(),
                        new GlobalPoolingLayer(),
                        classes(3)),
                chain(
                        "signals",
                        List.of(Dimension.BATCH, Dimension.of(4), Dimension.of("time")),
                        SEQUENCE,
                        new Convolution1D.Builder(3).nOut(5).build(),
                        new GlobalPoolingLayer(),
                        classes(3)),
                chain(
                        "LSTM",
                        sequence,
                        SEQUENCE,
                        new LSTM.Builder().nOut(5).activation(Activation.TANH).build(),
                        steps(2)),
                chain(
                        "plain recurrence",
                        sequence,
                        SEQUENCE,
                        new SimpleRnn.Builder()
                                .nOut(4)
                                .activation(Activation.SIGMOID)
                                .build(),
                        steps(2)),
                chain(
                        "both directions",
                        sequence,
                        SEQUENCE,
                        new Bidirectional(new LSTM.Builder()
                                .nOut(4)
                                .activation(Activation.TANH)
                                .build()),
                        steps(2)),
                chain(
                        "last step",
                        sequence,
                        SEQUENCE,
                        new LastTimeStep(new SimpleRnn.Builder()
                                .nOut(5)
                                .activation(Activation.TANH)
                                .build()),
                        classes(3)),
                chain(
                        "self-attention",
                        sequence,
                        SEQUENCE,
                        new SelfAttentionLayer.Builder()
                                .nOut(4)
                                .nHeads(2)
                                .headSize(2)
                                .projectInput(true)
                                .build(),
                        new GlobalPoolingLayer(),
                        classes(2)),
                chain(
                        "words",
                        List.of(Dimension.BATCH, Dimension.of("time")),
                        InputValues.wholeBetween(0, 39),
                        InputType.recurrent(40),
                        new EmbeddingSequenceLayer.Builder().nIn(40).nOut(5).build(),
                        new LSTM.Builder().nOut(4).activation(Activation.TANH).build(),
                        steps(2)),
                graph(
                        "branches",
                        Dimension.batchOf(6),
                        InputType.feedForward(6),
                        vertex("left", dense(5), "input"),
                        vertex(
                                "right",
                                new DenseLayer.Builder()
                                        .nOut(5)
                                        .activation(Activation.TANH)
                                        .build(),
                                "input"),
                        vertex("both", new MergeVertex(), "left right"),
                        vertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Subtract), "left right"),
                        vertex("all", new MergeVertex(), "both sum"),
                        vertex("out", classes(3), "all")));
    }
}
