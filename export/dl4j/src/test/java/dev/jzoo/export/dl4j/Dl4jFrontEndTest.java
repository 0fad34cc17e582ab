package dev.jzoo.export.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.FrontEnd;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.SourceNetwork;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.dl4j.layers.LayerContext;
import dev.jzoo.export.dl4j.layers.LayerEmitter;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.Node;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;

class Dl4jFrontEndTest {

    private static List<Node> nodes(SourceNetwork network) {
        GraphBuilder builder = new GraphBuilder(17);
        List<String> inputs = network.inputs().stream().map(builder::input).toList();
        network.emit(builder, inputs).forEach(builder::output);
        return builder.build("test").nodes();
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertTrue(ServiceLoader.load(FrontEnd.class).stream().anyMatch(found -> found.type() == Dl4jFrontEnd.class));
    }

    @Test
    void namesAreThoseThatPeopleKnow() {
        var network = Networks.chain(
                InputType.feedForward(4),
                new DenseLayer.Builder().nOut(3).activation(Activation.TANH).build(),
                new OutputLayer.Builder()
                        .name("scores")
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build());
        List<Node> nodes = nodes(new Dl4jFrontEnd().open(network, List.of()));
        assertEquals(
                List.of("/0/Gemm", "/0/Tanh", "/scores/Gemm", "/scores/Softmax"),
                nodes.stream().map(Node::name).toList());
        assertEquals(List.of("input", "0.W", "0.b"), nodes.get(0).inputs());
    }

    @Test
    void layersOfTheSameNameAreNumbered() {
        var network = Networks.chain(
                InputType.feedForward(4),
                new DenseLayer.Builder()
                        .name("dense")
                        .nOut(3)
                        .activation(Activation.IDENTITY)
                        .build(),
                new DenseLayer.Builder()
                        .name("dense")
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build());
        assertEquals(
                List.of("/0/Gemm", "/1/Gemm"),
                nodes(new Dl4jFrontEnd().open(network, List.of())).stream()
                        .map(Node::name)
                        .toList());
    }

    @Test
    void denseBetweenSequencesKeepsTheBatchSizeOutOfTheGraph() {
        var network = Networks.chain(
                InputType.recurrent(4),
                new LSTM.Builder().nOut(3).build(),
                new DenseLayer.Builder().nOut(3).build(),
                new RnnOutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build());
        List<String> operators = nodes(new Dl4jFrontEnd().open(network, List.of())).stream()
                .map(Node::opType)
                .toList();
        assertFalse(operators.contains("Shape"), operators::toString);
        assertFalse(operators.contains("Reshape"), operators::toString);
    }

    @Test
    void lengthIsSymbolicAndNamed() {
        var network = Networks.chain(
                InputType.recurrent(4), new LSTM.Builder().nOut(3).build());
        SourceNetwork source = new Dl4jFrontEnd().open(network, List.of());
        GraphBuilder builder = new GraphBuilder(17);
        String input = builder.input(source.inputs().get(0));
        assertEquals(
                List.of(Dimension.BATCH, Dimension.of(3), Dimension.of("time")),
                source.emit(builder, List.of(input)).get(0).shape());
    }

    @Test
    void inputIsThatOfTheFirstLayerThatTellsIt() {
        var network = Networks.chain(
                InputType.feedForward(4),
                new ActivationLayer(Activation.TANH),
                new DenseLayer.Builder().nOut(3).build());
        assertEquals(
                Dimension.batchOf(4),
                new Dl4jFrontEnd().open(network, List.of()).inputs().get(0).shape());
    }

    @Test
    void networkWithoutParametersIsRefused() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(2).nOut(2).build())
                .build());
        var failure = assertThrows(IllegalArgumentException.class, () -> new Dl4jFrontEnd().open(network, List.of()));
        assertTrue(failure.getMessage().contains("init()"), failure::getMessage);
    }

    /** A user's layer. DL4J runs it as its superclass, but JZoo cannot know that. */
    static final class OwnActivation extends ActivationLayer {
        OwnActivation() {
            super(Activation.CUBE);
        }
    }

    /** Another user's layer, for which {@link OwnEmitter} is registered in this module's test resources. */
    static final class KnownActivation extends ActivationLayer {
        KnownActivation() {
            super(Activation.TANH);
        }
    }

    /** The emitter of {@link KnownActivation}. */
    public static final class OwnEmitter implements LayerEmitter {
        @Override
        public Set<Class<?>> configurations() {
            return Set.of(KnownActivation.class);
        }

        @Override
        public String emit(LayerContext layer) {
            return layer.op("Tanh", layer.input()).emit();
        }
    }

    @Test
    void allUnsupportedPartsAreNamedAtOnce() {
        var network = Networks.chain(
                InputType.recurrent(4),
                new LSTM.Builder()
                        .name("encoder")
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build(),
                new LastTimeStep(new LSTM.Builder().nOut(3).build()),
                new DenseLayer.Builder().nOut(2).build(),
                new OwnActivation());
        SourceNetwork source = new Dl4jFrontEnd().open(network, List.of());
        var failure = assertThrows(UnsupportedNetworkException.class, () -> nodes(source));
        assertEquals(
                List.of(
                        "encoder (LSTM): the activation softmax in a recurrent layer, which ONNX's recurrent"
                                + " operators lack",
                        "3 (OwnActivation): no ONNX form is known"),
                failure.parts());
        assertTrue(failure.hint().contains("LayerEmitter"), failure::hint);
    }

    @Test
    void registeredEmittersAreUsed() throws IOException {
        var network = Networks.chain(
                InputType.feedForward(4), new DenseLayer.Builder().nOut(2).build(), new KnownActivation());
        assertTrue(OnnxExporter.of(network).export().file().graph().nodes().stream()
                .anyMatch(node -> node.opType().equals("Tanh")));
    }

    /** Two pictures may each have any size. */
    @Test
    void imageSizesThatNothingTellsAreAskedFor() {
        InputType picture = InputType.convolutional(9, 7, 2);
        ComputationGraph network = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("left", "right")
                .setInputTypes(picture, picture)
                .addLayer("a", new ConvolutionLayer.Builder(3, 3).nOut(2).build(), "left")
                .addLayer("b", new ConvolutionLayer.Builder(3, 3).nOut(2).build(), "right")
                .addVertex("both", new MergeVertex(), "a", "b")
                .addLayer("out", new OutputLayer.Builder().nOut(2).build(), "both")
                .setOutputs("out")
                .build());
        network.init();
        SourceNetwork source = new Dl4jFrontEnd().open(network, List.of());
        var failure = assertThrows(IllegalArgumentException.class, () -> nodes(source));
        assertTrue(failure.getMessage().contains("Declare the shape"), failure::getMessage);
    }

    @Test
    void doublePrecisionNetworksAreExportedInSinglePrecision() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build())
                .build());
        network.init();
        Contract.of(network).holdsFor(1);
    }

    @Test
    void olderOperatorsAreEnough() {
        var network = Networks.chain(
                InputType.feedForward(4),
                new DenseLayer.Builder()
                        .nOut(3)
                        .hasLayerNorm(true)
                        .activation(Activation.TANH)
                        .build());
        Contract.of(network).opset(13).holdsFor(1);
    }
}
