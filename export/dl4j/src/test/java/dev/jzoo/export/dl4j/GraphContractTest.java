package dev.jzoo.export.dl4j;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.activations.Activation;

class GraphContractTest {

    private static final Dimension TIME = Dimension.of("time");

    private static ComputationGraph graph(List<InputType> types, UnaryOperator<GraphBuilder> body) {
        GraphBuilder builder = new NeuralNetConfiguration.Builder().seed(3).graphBuilder();
        for (int i = 0; i < types.size(); i++) {
            builder.addInputs("in" + i);
        }
        builder.setInputTypes(types.toArray(new InputType[0]));
        ComputationGraph graph = new ComputationGraph(
                body.apply(builder).validateOutputLayerConfig(false).build());
        graph.init();
        return graph;
    }

    private static ValueInfo input(int number, Dimension... shape) {
        return new ValueInfo("in" + number, DataType.FLOAT, List.of(shape));
    }

    /** Tests a vertex with one input for each shape; the shapes are those after the batch axis. */
    private static DynamicTest vertex(String name, GraphVertex vertex, long[]... shapes) {
        return DynamicTest.dynamicTest(name, () -> {
            List<InputType> types = new ArrayList<>();
            List<ValueInfo> inputs = new ArrayList<>();
            String[] names = new String[shapes.length];
            for (int i = 0; i < shapes.length; i++) {
                long[] shape = shapes[i];
                names[i] = "in" + i;
                if (shape.length == 1) {
                    types.add(InputType.feedForward(shape[0]));
                    inputs.add(input(i, Dimension.BATCH, Dimension.of(shape[0])));
                } else if (shape.length == 2) {
                    types.add(InputType.recurrent(shape[0]));
                    inputs.add(input(i, Dimension.BATCH, Dimension.of(shape[0]), TIME));
                } else {
                    types.add(InputType.convolutional(shape[1], shape[2], shape[0], CNN2DFormat.NCHW));
                    inputs.add(input(
                            i,
                            Dimension.BATCH,
                            Dimension.of(shape[0]),
                            Dimension.of(shape[1]),
                            Dimension.of(shape[2])));
                }
            }
            for (long seed = 1; seed <= 3; seed++) {
                ComputationGraph graph = graph(
                        types, body -> body.addVertex("vertex", vertex, names).setOutputs("vertex"));
                Contract.of(graph).input(inputs.toArray(new ValueInfo[0])).holdsFor(seed);
            }
        });
    }

    private static final long[] ROW = {5};
    private static final long[] SEQUENCE = {5, -1};
    private static final long[] IMAGE = {2, 5, 7};

    @TestFactory
    Stream<DynamicTest> verticesAgree() {
        List<DynamicTest> tests = new ArrayList<>();
        for (ElementWiseVertex.Op op : ElementWiseVertex.Op.values()) {
            tests.add(vertex("two " + op, new ElementWiseVertex(op), IMAGE, IMAGE));
            if (op != ElementWiseVertex.Op.Subtract) {
                tests.add(vertex("three " + op, new ElementWiseVertex(op), ROW, ROW, ROW));
            }
        }
        tests.addAll(List.of(
                vertex("merge rows", new MergeVertex(), ROW, new long[] {3}, ROW),
                vertex("merge sequences", new MergeVertex(), SEQUENCE, new long[] {3, -1}),
                vertex("merge images", new MergeVertex(), IMAGE, new long[] {3, 5, 7}),
                vertex("subset of rows", new SubsetVertex(1, 3), ROW),
                vertex("subset of channels", new SubsetVertex(1, 1), IMAGE),
                vertex("stack", new StackVertex(), ROW, ROW),
                vertex("scale", new ScaleVertex(2.5), IMAGE),
                vertex("shift", new ShiftVertex(-1.5), IMAGE),
                vertex("normalise rows", new L2NormalizeVertex(), ROW),
                vertex("normalise images", new L2NormalizeVertex(), IMAGE),
                vertex("distance of rows", new L2Vertex(), ROW, ROW),
                vertex("distance of images", new L2Vertex(), IMAGE, IMAGE),
                vertex("reshape", new ReshapeVertex(-1, 5, 14), IMAGE),
                vertex("reshape, first axis fastest", new ReshapeVertex('f', new int[] {-1, 5, 14}, null), IMAGE),
                vertex("pool helper", new PoolHelperVertex(), IMAGE),
                vertex("last step", new LastTimeStepVertex("in0"), SEQUENCE),
                vertex("reversed", new ReverseTimeSeriesVertex(), SEQUENCE),
                vertex("frozen", new FrozenVertex(new ScaleVertex(3)), ROW),
                vertex("preprocessor", new PreprocessorVertex(new CnnToFeedForwardPreProcessor(5, 7, 2)), IMAGE)));
        return tests.stream();
    }

    @Test
    void stackedBranchesAreSplitAgain() {
        ComputationGraph graph =
                graph(List.of(InputType.feedForward(4), InputType.feedForward(4)), body -> body.addVertex(
                                "stack", new StackVertex(), "in0", "in1")
                        .addLayer(
                                "dense",
                                new DenseLayer.Builder()
                                        .nOut(3)
                                        .activation(Activation.TANH)
                                        .build(),
                                "stack")
                        .addVertex("first", new UnstackVertex(0, 2), "dense")
                        .addVertex("second", new UnstackVertex(1, 2), "dense")
                        .setOutputs("first", "second"));
        Contract.of(graph)
                .input(input(0, Dimension.BATCH, Dimension.of(4)), input(1, Dimension.BATCH, Dimension.of(4)))
                .holdsForSeveralSeeds();
    }

    @Test
    void aRowIsRepeatedAlongAnotherInput() {
        ComputationGraph graph =
                graph(List.of(InputType.feedForward(4), InputType.recurrent(3)), body -> body.addVertex(
                                "duplicate", new DuplicateToTimeSeriesVertex("in1"), "in0")
                        .addVertex("merge", new MergeVertex(), "duplicate", "in1")
                        .addLayer(
                                "lstm",
                                new LSTM.Builder()
                                        .nOut(2)
                                        .activation(Activation.TANH)
                                        .build(),
                                "merge")
                        .addLayer(
                                "out",
                                new RnnOutputLayer.Builder()
                                        .nOut(3)
                                        .activation(Activation.SOFTMAX)
                                        .build(),
                                "lstm")
                        .setOutputs("out"));
        Contract.of(graph)
                .input(input(0, Dimension.BATCH, Dimension.of(4)), input(1, Dimension.BATCH, Dimension.of(3), TIME))
                .holdsForSeveralSeeds();
    }

    @TestFactory
    Stream<DynamicTest> residualBlocksAgreeInBothLayouts() {
        return Stream.of(CNN2DFormat.values())
                .map(format -> DynamicTest.dynamicTest(format.name(), () -> {
                    ComputationGraph graph =
                            graph(List.of(InputType.convolutional(6, 5, 3, format)), body -> body.addLayer(
                                            "conv", convolution(4), "in0")
                                    .addLayer("relu", new ActivationLayer(Activation.RELU), "conv")
                                    .addLayer("inner", convolution(4), "relu")
                                    .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "conv", "inner")
                                    .addVertex("merge", new MergeVertex(), "sum", "relu")
                                    .addLayer(
                                            "out",
                                            new OutputLayer.Builder()
                                                    .nOut(3)
                                                    .activation(Activation.SOFTMAX)
                                                    .build(),
                                            "merge")
                                    .setOutputs("out"));
                    Contract.of(graph)
                            .input(
                                    format == CNN2DFormat.NCHW
                                            ? input(
                                                    0,
                                                    Dimension.BATCH,
                                                    Dimension.of(3),
                                                    Dimension.of(6),
                                                    Dimension.of(5))
                                            : input(
                                                    0,
                                                    Dimension.BATCH,
                                                    Dimension.of(6),
                                                    Dimension.of(5),
                                                    Dimension.of(3)))
                            .holdsForSeveralSeeds();
                }));
    }

    private static ConvolutionLayer convolution(int channels) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(channels)
                .convolutionMode(ConvolutionMode.Same)
                .build();
    }

    @TestFactory
    Stream<DynamicTest> attentionAgrees() {
        return Stream.of(true, false)
                .map(projects -> DynamicTest.dynamicTest("projects: " + projects, () -> {
                    AttentionVertex.Builder attention = new AttentionVertex.Builder()
                            .nInQueries(4)
                            .nInKeys(4)
                            .nInValues(4)
                            .projectInput(projects)
                            .nHeads(projects ? 2 : 1)
                            .nOut(projects ? 5 : 4)
                            .weightInit(WeightInit.XAVIER);
                    AttentionVertex vertex = projects ? attention.headSize(3).build() : attention.build();
                    ComputationGraph graph = graph(
                            List.of(InputType.recurrent(4), InputType.recurrent(4), InputType.recurrent(4)),
                            body -> body.addVertex("attention", vertex, "in0", "in1", "in2")
                                    .setOutputs("attention"));
                    Contract.of(graph)
                            .input(
                                    input(0, Dimension.BATCH, Dimension.of(4), TIME),
                                    input(1, Dimension.BATCH, Dimension.of(4), Dimension.of(7)),
                                    input(2, Dimension.BATCH, Dimension.of(4), Dimension.of(7)))
                            .holdsForSeveralSeeds();
                }));
    }

    @Test
    void layersInAGraphTellItsInputs() {
        ComputationGraph graph =
                graph(List.of(InputType.feedForward(4), InputType.recurrent(3, RNNFormat.NWC)), body -> body.addLayer(
                                "dense", new DenseLayer.Builder().nOut(3).build(), "in0")
                        .addLayer("lstm", new LSTM.Builder().nOut(2).build(), "in1")
                        .setOutputs("dense", "lstm"));
        Contract.of(graph).holdsForSeveralSeeds();
    }
}
