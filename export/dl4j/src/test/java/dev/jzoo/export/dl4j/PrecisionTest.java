package dev.jzoo.export.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Tests networks of half and double precision: the file has their weights and computes in single precision. */
class PrecisionTest {

    @TempDir
    Path folder;

    private static MultiLayerNetwork chain(DataType type, InputType input, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list =
                new NeuralNetConfiguration.Builder().seed(7).dataType(type).list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork network =
                new MultiLayerNetwork(list.setInputType(input).build());
        network.init();
        return network;
    }

    private static MultiLayerNetwork dense(DataType type) {
        return chain(
                type,
                InputType.feedForward(4),
                new DenseLayer.Builder().nOut(5).activation(Activation.TANH).build(),
                new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build());
    }

    /** Compares with the network's result in its own type, with a tolerance for that type. */
    private void assertExported(MultiLayerNetwork network, double tolerance, long... shape) throws Exception {
        DataType type = network.getLayerWiseConfigurations().getDataType();
        Path file = folder.resolve(type + ".zip");
        ModelSerializer.writeModel(network, file.toFile(), false);
        MultiLayerNetwork read = (MultiLayerNetwork) Dl4jZip.read(file);
        assertEquals(type, read.params().dataType());
        assertEquals(network.params(), read.params(), "every bit of the weights");
        OnnxExporter.Exported exported = NetworkFile.exporter(file).export();
        assertEquals(
                List.of("The network is of type " + type
                        + " in DL4J. The file has the same weights and computes in single precision."),
                exported.report().warnings());
        Random random = new Random(3);
        float[] values = new float[(int) Nd4j.zeros(shape).length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        INDArray expected = network.output(Nd4j.create(values, shape, 'c').castTo(type));
        try (OnnxModel model = OnnxModel.open(exported.file().toBytes(), "typed", Device.cpu())) {
            Tensor actual = model.run(Map.of("input", Tensor.of(values, shape))).get("output");
            assertArrayEquals(
                    expected.castTo(DataType.FLOAT).dup('c').data().asFloat(), actual.floats(), (float) tolerance);
        }
    }

    @TestFactory
    Stream<DynamicTest> aNetworkOfAnotherPrecisionIsExportedWithItsWeights() {
        return Stream.of(Map.entry(DataType.FLOAT16, 4e-3), Map.entry(DataType.DOUBLE, 1e-6))
                .flatMap(type -> Stream.of(
                        DynamicTest.dynamicTest(
                                type + " dense", () -> assertExported(dense(type.getKey()), type.getValue(), 6, 4)),
                        DynamicTest.dynamicTest(
                                type + " pictures",
                                () -> assertExported(
                                        chain(
                                                type.getKey(),
                                                InputType.convolutional(6, 6, 2),
                                                new ConvolutionLayer.Builder(3, 3)
                                                        .nOut(3)
                                                        .build(),
                                                new BatchNormalization(),
                                                new OutputLayer.Builder()
                                                        .nOut(3)
                                                        .activation(Activation.SOFTMAX)
                                                        .build()),
                                        type.getValue(),
                                        3,
                                        2,
                                        6,
                                        6)),
                        DynamicTest.dynamicTest(
                                type + " sequences",
                                () -> assertExported(
                                        chain(
                                                type.getKey(),
                                                InputType.recurrent(4),
                                                new LSTM.Builder()
                                                        .nOut(3)
                                                        .activation(Activation.TANH)
                                                        .build(),
                                                new RnnOutputLayer.Builder()
                                                        .nOut(2)
                                                        .activation(Activation.SOFTMAX)
                                                        .build()),
                                        type.getValue(),
                                        3,
                                        4,
                                        5))));
    }

    /** DL4J's own conversion to another type forgets that the reshape has order 'f'. */
    @Test
    void aGraphOfHalvesKeepsTheOrderOfItsReshape() throws Exception {
        ComputationGraph half = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT16)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(4))
                .addLayer(
                        "dense",
                        new DenseLayer.Builder()
                                .nOut(6)
                                .activation(Activation.TANH)
                                .build(),
                        "in")
                .addVertex("shaped", new ReshapeVertex('f', new int[] {-1, 2, 3}, null), "dense")
                .setOutputs("shaped")
                .build());
        half.init();
        INDArray in = Nd4j.createFromArray(new float[][] {{1, -2, 3, -4}, {2, 3, -1, 0}})
                .castTo(DataType.FLOAT16);
        float[] expected =
                half.outputSingle(in).castTo(DataType.FLOAT).dup('c').data().asFloat();
        OnnxExporter.Exported exported = OnnxExporter.of(half).export();
        try (OnnxModel model = OnnxModel.open(exported.file().toBytes(), "half", Device.cpu())) {
            Tensor actual = model.run(Map.of(
                            "in", Tensor.of(in.castTo(DataType.FLOAT).data().asFloat(), 2, 4)))
                    .get("shaped");
            assertArrayEquals(expected, actual.floats(), 2e-3f);
        }
        assertTrue(half.params().dataType() == DataType.FLOAT16, "the network stays as it was");
    }

    @Test
    void anExportOfHalvesLeavesTheNetworkAsItWas() throws Exception {
        MultiLayerNetwork network = dense(DataType.FLOAT16);
        INDArray before = network.params().dup();
        OnnxExporter.of(network).export();
        assertEquals(before, network.params());
        assertEquals(DataType.FLOAT16, network.getLayerWiseConfigurations().getDataType());
    }
}
