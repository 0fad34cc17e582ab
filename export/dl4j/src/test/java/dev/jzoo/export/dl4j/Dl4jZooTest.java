package dev.jzoo.export.dl4j;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.testing.ContractFiles;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.zoo.ZooModel;
import org.deeplearning4j.zoo.model.AlexNet;
import org.deeplearning4j.zoo.model.Darknet19;
import org.deeplearning4j.zoo.model.FaceNetNN4Small2;
import org.deeplearning4j.zoo.model.InceptionResNetV1;
import org.deeplearning4j.zoo.model.LeNet;
import org.deeplearning4j.zoo.model.NASNet;
import org.deeplearning4j.zoo.model.ResNet50;
import org.deeplearning4j.zoo.model.SimpleCNN;
import org.deeplearning4j.zoo.model.SqueezeNet;
import org.deeplearning4j.zoo.model.TextGenerationLSTM;
import org.deeplearning4j.zoo.model.TinyYOLO;
import org.deeplearning4j.zoo.model.UNet;
import org.deeplearning4j.zoo.model.VGG16;
import org.deeplearning4j.zoo.model.VGG19;
import org.deeplearning4j.zoo.model.Xception;
import org.deeplearning4j.zoo.model.YOLO2;
import org.deeplearning4j.zoo.model.helper.NASNetHelper;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Exports every architecture of DL4J's own model zoo, with random weights and statistics, at the smallest input that
 * its builder accepts. The exporter compares with DL4J; this test checks that the weights matter.
 */
class Dl4jZooTest {

    private static final int CLASSES = 5;

    private static final long SEED = 20260801;

    /** Ten times the tolerance. If the outputs of two inputs differed by less, they would agree for any network. */
    private static final double LEAST_SPREAD = 1e-4;

    /** Number of parameters from which a network counts as large. */
    private static final long LARGE = 5_000_000;

    @TestFactory
    Stream<DynamicTest> smallNetworksAgree() {
        return Stream.of(
                exports(new int[] {1, 28, 28}, shape -> LeNet.builder()
                        .numClasses(CLASSES)
                        .inputShape(shape)
                        .build()),
                exports(new int[] {3, 32, 32}, shape -> SimpleCNN.builder()
                        .numClasses(CLASSES)
                        .inputShape(shape)
                        .build()),
                // Its convolutions have DL4J's default sigmoid, which flattens the activations.
                exports(12, new int[] {3, 32, 32}, shape -> SqueezeNet.builder()
                        .numClasses(CLASSES)
                        .inputShape(shape)
                        .build()),
                exports(new int[] {3, 64, 64}, shape -> FaceNetNN4Small2.builder()
                        .numClasses(CLASSES)
                        .inputShape(shape)
                        .build()),
                exports(new int[] {40, CLASSES}, shape -> TextGenerationLSTM.builder()
                        .totalUniqueCharacters(CLASSES)
                        .inputShape(shape)
                        .build()));
    }

    @TestFactory
    @Tag("acceptance")
    Stream<DynamicTest> largeNetworksAgree() {
        return Stream.of(
                exports(new int[] {3, 64, 64}, shape -> AlexNet.builder()
                        .numClasses(CLASSES)
                        .inputShape(shape)
                        .build()),
                exports(new int[] {3, 32, 32}, shape -> VGG16.builder()
                        .numClasses(CLASSES)
                        .inputShape(shape)
                        .build()),
                exports(new int[] {3, 32, 32}, shape -> VGG19.builder()
                        .numClasses(CLASSES)
                        .inputShape(shape)
                        .build()),
                // Each of its sixteen sums increases the activations.
                exports(0.5, new int[] {3, 96, 96}, shape -> ResNet50.builder()
                        .numClasses(CLASSES)
                        .inputShape(shape)
                        .build()),
                exports(new int[] {3, 32, 32}, shape -> Darknet19.builder()
                        .numClasses(CLASSES)
                        .inputShape(shape)
                        .build()),
                exports(new int[] {3, 32, 32}, shape -> TinyYOLO.builder()
                        .numClasses(CLASSES)
                        .inputShape(shape)
                        .build()),
                exports(new int[] {3, 32, 32}, shape -> YOLO2.builder()
                        .numClasses(CLASSES)
                        .inputShape(shape)
                        .build()),
                exports(
                        new int[] {3, 32, 32},
                        shape -> UNet.builder().inputShape(shape).build()),
                // Sigmoids again. From a gain of 4 on, DL4J in float differs from DL4J in double as much as ONNX
                // Runtime does.
                exports(2, new int[] {3, 71, 71}, shape -> Xception.builder()
                        .numClasses(CLASSES)
                        .inputShape(shape)
                        .build()),
                exports(new int[] {3, 96, 96}, shape -> InceptionResNetV1.builder()
                        .numClasses(CLASSES)
                        .inputShape(shape)
                        .build()));
    }

    /**
     * Its builder asks for the types of layers before it adds the input, and its cells ask for a fourth axis of three.
     */
    @Test
    void nasNetStillCannotBeBuiltByDl4j() {
        assertThrows(
                IllegalArgumentException.class, () -> NASNet.builder().build().init());
    }

    /**
     * A normal cell of NASNet-A, from the blocks of DL4J's builder, which occurs in networks that were trained with
     * older versions.
     */
    @Test
    void cellOfNasNetAgrees() throws IOException {
        int filters = 6;
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .weightInit(WeightInit.RELU)
                .graphBuilder()
                .addInputs("in", "in_previous")
                .setInputTypes(InputType.convolutional(9, 7, 3), InputType.convolutional(9, 7, 2))
                .addLayer("x", new ConvolutionLayer.Builder(1, 1).nOut(filters).build(), "in")
                .addLayer(
                        "previous",
                        new ConvolutionLayer.Builder(1, 1).nOut(filters).build(),
                        "in_previous");
        List<String> outputs = new ArrayList<>(List.of("previous"));
        outputs.add(sum(
                graph,
                "1",
                NASNetHelper.sepConvBlock(graph, filters, 5, 1, "1left", "x"),
                NASNetHelper.sepConvBlock(graph, filters, 3, 1, "1right", "previous")));
        outputs.add(sum(
                graph,
                "2",
                NASNetHelper.sepConvBlock(graph, filters, 5, 1, "2left", "previous"),
                NASNetHelper.sepConvBlock(graph, filters, 3, 1, "2right", "previous")));
        outputs.add(sum(graph, "3", average(graph, "3left", "x"), "previous"));
        outputs.add(sum(graph, "4", average(graph, "4left", "previous"), average(graph, "4right", "previous")));
        outputs.add(sum(graph, "5", NASNetHelper.sepConvBlock(graph, filters, 3, 1, "5left", "x"), "x"));
        graph.addVertex("cell", new MergeVertex(), outputs.toArray(String[]::new))
                .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "cell")
                .addLayer(
                        "scores",
                        new OutputLayer.Builder()
                                .nOut(CLASSES)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "pool")
                .setOutputs("scores");
        ComputationGraph network = new ComputationGraph(graph.build());
        network.init();
        randomise(network, 1);
        OnnxExporter.of(network)
                .input("in", DataType.FLOAT, Dimension.batchOf(3, 9, 7))
                .input("in_previous", DataType.FLOAT, Dimension.batchOf(2, 9, 7))
                .export();
    }

    private static String sum(GraphBuilder graph, String name, String left, String right) {
        graph.addVertex("sum" + name, new ElementWiseVertex(ElementWiseVertex.Op.Add), left, right);
        return "sum" + name;
    }

    private static String average(GraphBuilder graph, String name, String input) {
        graph.addLayer(
                name,
                new SubsamplingLayer.Builder(PoolingType.AVG)
                        .kernelSize(3, 3)
                        .stride(1, 1)
                        .convolutionMode(ConvolutionMode.Same)
                        .build(),
                input);
        return name;
    }

    private static DynamicTest exports(int[] shape, Function<int[], ZooModel<?>> architecture) {
        return exports(1, shape, architecture);
    }

    /** Tests an architecture. Images are [channels, height, width]; a recurrent network determines its own input. */
    private static DynamicTest exports(double gain, int[] shape, Function<int[], ZooModel<?>> architecture) {
        ZooModel<?> model = architecture.apply(shape);
        return DynamicTest.dynamicTest(model.getClass().getSimpleName(), () -> {
            requireExport(model.init(), gain, IntStream.of(shape).asLongStream().toArray());
        });
    }

    private static void requireExport(Model network, double gain, long... shape) throws IOException {
        randomise(network, gain);
        OnnxExporter exporter = OnnxExporter.of(network);
        if (shape.length == 3) {
            exporter.input("input", DataType.FLOAT, Dimension.batchOf(shape));
        }
        OnnxFile file = exporter.export().file();
        ContractFiles kept = network.numParams() < LARGE ? ContractFiles.SMALL : ContractFiles.LARGE;
        kept.keep("dl4j network", file);
        double spread = spread(file.toBytes());
        assertTrue(spread > LEAST_SPREAD, () -> "two inputs give outputs only " + spread + " apart");
    }

    /**
     * Sets weights that keep the size of the activations, as after training. Larger weights would increase activations,
     * and rounding errors, from layer to layer. With smaller weights the output would not depend on the input.
     */
    private static void randomise(Model network, double gain) {
        Random random = new Random(SEED);
        network.paramTable().forEach((name, array) -> {
            String key = name.substring(name.lastIndexOf('_') + 1);
            float[] values = new float[(int) array.length()];
            double deviation = gain * Math.sqrt(2.0 / fanIn(array, isSeparable(network, name)));
            for (int i = 0; i < values.length; i++) {
                double value =
                        switch (key) {
                            case "gamma" -> 0.75 + 0.5 * random.nextDouble();
                            case "var" -> 0.5 + 1.5 * random.nextDouble();
                            case "log10stdev" -> 0.3 * random.nextDouble() - 0.15;
                            case "b", "beta", "mean" -> 0.1 * random.nextGaussian();
                            default -> deviation * random.nextGaussian();
                        };
                values[i] = (float) value;
            }
            array.assign(Nd4j.create(values, array.shape(), 'c'));
        });
    }

    private static boolean isSeparable(Model network, String name) {
        return name.endsWith("_W") && network.paramTable().containsKey(name.replace("_W", "_pW"));
    }

    /**
     * Returns the number of values in one sum. Dense weights are [in, out], kernels [out, in, height, width], and those
     * of separable convolutions [multiplier, in, height, width], each for one channel.
     */
    private static double fanIn(INDArray array, boolean separable) {
        if (array.rank() == 2) {
            return array.size(0);
        }
        return separable ? array.size(2) * array.size(3) : array.length() / (double) array.size(0);
    }

    /** Returns the largest difference between the outputs of two random inputs. */
    private static double spread(byte[] file) throws IOException {
        try (OnnxModel model = OnnxModel.open(file, "zoo.onnx", Device.cpu())) {
            var input = model.inputs().get(0);
            long[] shape = input.shape().stream()
                    .mapToLong(dim -> dim instanceof Dimension.FixedDimension fixed ? fixed.size() : 2)
                    .toArray();
            Random random = new Random(1);
            float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            float[] output = model.run(Map.of(input.name(), Tensor.of(values, shape)))
                    .values()
                    .iterator()
                    .next()
                    .floats();
            int half = output.length / 2;
            double most = 0;
            for (int i = 0; i < half; i++) {
                most = Math.max(most, Math.abs(output[i] - output[half + i]));
            }
            return most;
        }
    }
}
