package dev.jzoo.export.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.DisagreementException;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.testing.Coverage;
import dev.jzoo.onnx.DataType;
import dev.jzoo.zoo.card.Dimension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LearnedSelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * Tests features of DL4J that an export does not support. They are refused by name, with the reason, before a file is
 * written.
 */
@SuppressWarnings("deprecation") // saved networks have the deprecated layers
class LimitsTest {

    private static final InputType IMAGE = InputType.convolutional(9, 11, 2);
    private static final InputType SEQUENCE = InputType.recurrent(4);

    /**
     * Tests that a layer is refused after an input of that type and shape, and records the reason for the page of
     * operators.
     */
    private static DynamicTest refuses(String reason, InputType type, List<Dimension> shape, Layer layer) {
        String part = layer.getClass().getSimpleName();
        return DynamicTest.dynamicTest(part + ": " + reason, () -> {
            OnnxExporter exporter = OnnxExporter.of(Networks.chain(type, layer)).input("input", DataType.FLOAT, shape);
            var failure = assertThrows(UnsupportedNetworkException.class, exporter::export);
            assertEquals(List.of("0 (" + part + "): " + reason), failure.parts());
            Coverage.limit("DL4J", part, reason);
        });
    }

    private static DynamicTest refusesImage(String reason, Layer layer) {
        return refuses(reason, IMAGE, Dimension.batchOf(2, 9, 11), layer);
    }

    private static DynamicTest refusesSequence(String reason, Layer layer) {
        return refuses(reason, SEQUENCE, List.of(Dimension.BATCH, Dimension.of(4), Dimension.of("time")), layer);
    }

    private static SubsamplingLayer dilated(PoolingType type) {
        return new SubsamplingLayer.Builder(type)
                .kernelSize(2, 2)
                .dilation(2, 2)
                .pnorm(2)
                .build();
    }

    @TestFactory
    Stream<DynamicTest> settingsWithoutAnOnnxFormAreNamed() {
        SimpleRnn simple = new SimpleRnn.Builder()
                .nIn(4)
                .nOut(3)
                .activation(Activation.TANH)
                .weightInit(WeightInit.XAVIER)
                .updater(new NoOp())
                .build();
        return Stream.of(
                refusesImage("dilated average pooling", dilated(PoolingType.AVG)),
                refusesImage("dilated p-norm pooling", dilated(PoolingType.PNORM)),
                refuses(
                        "dilated average pooling",
                        InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 5, 6, 7, 2),
                        Dimension.batchOf(2, 5, 6, 7),
                        new Subsampling3DLayer.Builder(PoolingType.AVG)
                                .kernelSize(2, 2, 2)
                                .dilation(2, 2, 2)
                                .build()),
                refusesSequence(
                        "the activation softmax in a recurrent layer, which ONNX's recurrent operators lack",
                        new LSTM.Builder()
                                .nOut(3)
                                .activation(Activation.SOFTMAX)
                                .build()),
                refusesSequence(
                        "the activation cube in a recurrent layer, which ONNX's recurrent operators lack",
                        new GravesLSTM.Builder()
                                .nOut(3)
                                .activation(Activation.CUBE)
                                .build()),
                refusesSequence(
                        "no ONNX form is known",
                        new LearnedSelfAttentionLayer.Builder()
                                .nIn(4)
                                .nOut(3)
                                .nHeads(1)
                                .headSize(2)
                                .nQueries(2)
                                .projectInput(true)
                                .build()),
                refusesSequence(
                        "masking of a recurrent layer whose gates cannot be closed",
                        new MaskZeroLayer.Builder()
                                .setUnderlying(simple)
                                .setMaskValue(0)
                                .build()));
    }

    /** Without a result of DL4J a file cannot be compared with anything. */
    @TestFactory
    Stream<DynamicTest> layersThatDl4jItselfCannotRunAreRefused() {
        return Stream.of(
                failsInDl4j(
                        "layer normalisation: DL4J itself fails",
                        new SimpleRnn.Builder().nOut(3).hasLayerNorm(true).build()),
                failsInDl4j("of sequences: DL4J itself fails", new BatchNormalization.Builder().build()));
    }

    private static DynamicTest failsInDl4j(String limit, Layer layer) {
        String part = layer.getClass().getSimpleName();
        return DynamicTest.dynamicTest(part, () -> {
            OnnxExporter exporter = OnnxExporter.of(Networks.chain(SEQUENCE, layer))
                    .input("input", DataType.FLOAT, List.of(Dimension.BATCH, Dimension.of(4), Dimension.of("time")));
            var failure = assertThrows(IllegalArgumentException.class, exporter::export);
            assertTrue(
                    failure.getMessage()
                            .startsWith(
                                    "Cannot export the network, because DL4J itself fails on inputs of the shapes "),
                    failure::getMessage);
            Coverage.limit("DL4J", part, limit);
        });
    }

    private static ComputationGraph branches() {
        return new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("words", "image")
                .setInputTypes(SEQUENCE, IMAGE)
                .addLayer(
                        "reader",
                        new LSTM.Builder()
                                .nOut(3)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "words")
                .addLayer("viewer", dilated(PoolingType.AVG), "image")
                .addLayer("again", dilated(PoolingType.PNORM), "viewer")
                .setOutputs("reader", "again")
                .validateOutputLayerConfig(false)
                .build());
    }

    @Test
    void allBranchesOfAGraphAreNamedAtOnceAndNothingIsWritten(@TempDir Path folder) throws Exception {
        ComputationGraph graph = branches();
        graph.init();
        byte[] before = {1, 2, 3};
        Path file = Files.write(folder.resolve("model.onnx"), before);
        OnnxExporter exporter = OnnxExporter.of(graph)
                .input("words", DataType.FLOAT, List.of(Dimension.BATCH, Dimension.of(4), Dimension.of("time")))
                .input("image", DataType.FLOAT, Dimension.batchOf(2, 9, 11));
        var failure = assertThrows(UnsupportedNetworkException.class, () -> exporter.write(file));
        assertEquals(
                List.of(
                        "again (SubsamplingLayer): dilated p-norm pooling",
                        "reader (LSTM): the activation softmax in a recurrent layer, which ONNX's recurrent"
                                + " operators lack",
                        "viewer (SubsamplingLayer): dilated average pooling"),
                failure.parts().stream().sorted().toList());
        assertArrayEquals(before, Files.readAllBytes(file), "a file that was there stays");
        assertEquals(List.of("model.onnx"), List.of(folder.toFile().list()));
    }

    /** Without the refusal the comparison would fail: DL4J adds relu(x) + relu(x). */
    @Test
    void activationThatOverwritesWhatOthersReadIsNamed() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("x")
                .setInputTypes(InputType.feedForward(4))
                .addLayer("relu", new ActivationLayer(Activation.RELU), "x")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "relu", "x")
                .setOutputs("sum")
                .build());
        graph.init();
        INDArray x = Nd4j.create(new float[] {-1, 2, -3, 4}, 1, 4);
        assertArrayEquals(
                new float[] {0, 4, 0, 8}, graph.outputSingle(x).toFloatVector(), "DL4J itself, not x + relu(x)");
        OnnxExporter exporter = OnnxExporter.of(graph).input("x", DataType.FLOAT, Dimension.batchOf(4));
        var failure = assertThrows(UnsupportedNetworkException.class, exporter::export);
        String reason = "DL4J overwrites 'x' here, which others read too; put a layer before the ActivationLayer";
        assertEquals(List.of("relu (ActivationLayer): " + reason), failure.parts());
        Coverage.limit(
                "DL4J", "ActivationLayer", "on an input of the network that other layers read too: DL4J overwrites it");
    }

    @Test
    void graphWithoutParametersIsRefused() {
        OnnxExporter exporter = OnnxExporter.of(branches());
        var failure = assertThrows(IllegalArgumentException.class, exporter::export);
        assertTrue(failure.getMessage().contains("init()"), failure::getMessage);
    }

    @Test
    void weightsThatAreNoNumbersAreRefusedByName() throws Exception {
        var network = Networks.chain(
                InputType.feedForward(4),
                new DenseLayer.Builder().name("first").nOut(3).build(),
                new DenseLayer.Builder().name("second").nOut(2).build());
        network.getLayer(1).paramTable().get("W").putScalar(0, 0, Float.NaN);
        OnnxExporter exporter = OnnxExporter.of(network);
        DisagreementException e = assertThrows(DisagreementException.class, exporter::export);
        assertTrue(e.getMessage().contains("NaN or infinite values in the weights second.W."), e.getMessage());
        assertFalse(exporter.report().parity().agrees());
    }
}
