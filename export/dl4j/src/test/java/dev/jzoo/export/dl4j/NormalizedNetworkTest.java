package dev.jzoo.export.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.dl4j.saved.ZipEdits;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
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
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImageMultiPreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.MultiDataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerHybrid;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.VGG16ImagePreProcessor;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Tests that DL4J's normalizers become part of the file, which then takes and returns numbers in their original units.
 */
class NormalizedNetworkTest {

    private static final int EXAMPLES = 7;

    @TempDir
    Path folder;

    private static INDArray features(int seed, long... shape) {
        Random random = new Random(seed);
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = 12 * random.nextFloat() - 3;
        }
        return Nd4j.create(values, shape, 'c');
    }

    private static MultiLayerNetwork regression() {
        return Networks.chain(
                InputType.feedForward(4),
                new DenseLayer.Builder().nOut(5).activation(Activation.TANH).build(),
                new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build());
    }

    private static MultiLayerNetwork sequences() {
        return Networks.chain(
                InputType.recurrent(3),
                new LSTM.Builder().nOut(4).build(),
                new RnnOutputLayer.Builder(LossFunction.MSE)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build());
    }

    private static MultiLayerNetwork pictures() {
        return Networks.chain(
                InputType.convolutional(6, 5, 3),
                new ConvolutionLayer.Builder(2, 2).nOut(2).build(),
                new OutputLayer.Builder().nOut(2).build());
    }

    private static ComputationGraph twoInputs() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(2)
                .graphBuilder()
                .addInputs("a", "b")
                .setInputTypes(InputType.feedForward(4), InputType.feedForward(3))
                .addLayer(
                        "left",
                        new DenseLayer.Builder()
                                .nOut(3)
                                .activation(Activation.TANH)
                                .build(),
                        "a")
                .addLayer(
                        "right",
                        new DenseLayer.Builder()
                                .nOut(2)
                                .activation(Activation.TANH)
                                .build(),
                        "b")
                .addVertex("both", new MergeVertex(), "left", "right")
                .addLayer(
                        "x",
                        new OutputLayer.Builder(LossFunction.MSE)
                                .nOut(2)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "both")
                .addLayer(
                        "y",
                        new OutputLayer.Builder(LossFunction.MSE)
                                .nOut(1)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "both")
                .setOutputs("x", "y")
                .build());
        graph.init();
        return graph;
    }

    private static DataNormalization fitted(
            DataNormalization normalizer, boolean labels, INDArray features, INDArray targets) {
        normalizer.fitLabel(labels);
        normalizer.fit(new DataSet(features.dup(), targets.dup()));
        return normalizer;
    }

    private static <N extends MultiDataNormalization> N fitted(N normalizer, INDArray... arrays) {
        normalizer.fit(new MultiDataSet(
                new INDArray[] {arrays[0].dup(), arrays[1].dup()}, new INDArray[] {arrays[2].dup(), arrays[3].dup()}));
        return normalizer;
    }

    /** Computes as DL4J does: its normalizer before its network, and its normalizer after it. */
    private static List<INDArray> inFramework(Model network, Normalizer<?> normalizer, List<INDArray> raw) {
        INDArray[] given = raw.stream().map(INDArray::dup).toArray(INDArray[]::new);
        if (normalizer instanceof DataNormalization one) {
            one.transform(given[0]);
            INDArray result = network instanceof MultiLayerNetwork chain
                    ? chain.output(given[0], false)
                    : ((ComputationGraph) network).outputSingle(false, given[0]);
            if (one.isFitLabel()) {
                one.revertLabels(result);
            }
            return List.of(result);
        }
        MultiDataNormalization several = (MultiDataNormalization) normalizer;
        several.preProcess(new MultiDataSet(given, new INDArray[0]));
        INDArray[] results = ((ComputationGraph) network).output(false, given);
        several.revertLabels(results, new INDArray[results.length]);
        return List.of(results);
    }

    private DynamicTest equal(String name, Model network, Normalizer<?> normalizer, INDArray... raw) {
        return DynamicTest.dynamicTest(name, () -> {
            Contract.randomise(network, 5);
            List<INDArray> expected = inFramework(network, normalizer, List.of(raw));
            assertSame(expected, OnnxExporter.of(NormalizedNetwork.of(network, normalizer)), raw);
            if (normalizer instanceof VGG16ImagePreProcessor) {
                return; // DL4J saves none
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            NormalizerSerializer.getDefault().write(normalizer, bytes);
            Path file = ZipEdits.of(network)
                    .entry("normalizer.bin", bytes.toByteArray())
                    .write(folder.resolve("network.zip"));
            assertSame(expected, NetworkFile.exporter(file), raw);
            for (int cut : new int[] {1, bytes.size() / 2, bytes.size() - 20}) {
                Path damaged = ZipEdits.of(network)
                        .entry("normalizer.bin", Arrays.copyOf(bytes.toByteArray(), bytes.size() - cut))
                        .write(folder.resolve("damaged.zip"));
                String message = assertThrows(DataFormatException.class, () -> NetworkFile.exporter(damaged))
                        .getMessage();
                assertTrue(message.startsWith(damaged + ": normalizer.bin: "), message);
            }
        });
    }

    private static void assertSame(List<INDArray> expected, OnnxExporter exporter, INDArray... raw) throws IOException {
        OnnxExporter.Exported exported = exporter.export();
        assertTrue(exported.report().parity().agrees());
        try (OnnxModel model = OnnxModel.open(exported.file().toBytes(), "normalized", Device.cpu())) {
            Map<String, Tensor> given = new LinkedHashMap<>();
            for (int i = 0; i < raw.length; i++) {
                given.put(
                        exported.file().graph().inputs().get(i).name(),
                        Tensor.of(raw[i].dup('c').data().asFloat(), raw[i].shape()));
            }
            List<Tensor> actual = new ArrayList<>(model.run(given).values());
            for (int i = 0; i < actual.size(); i++) {
                assertArrayEquals(
                        expected.get(i).dup('c').data().asFloat(), actual.get(i).floats(), 2e-5f, "output " + i);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> aNormalizerIsPartOfTheFile() {
        INDArray rows = features(1, EXAMPLES, 4);
        INDArray targets = features(2, EXAMPLES, 2);
        INDArray steps = features(3, EXAMPLES, 3, 5);
        INDArray stepTargets = features(4, EXAMPLES, 2, 5);
        INDArray pixels = features(5, EXAMPLES, 3, 6, 5).addi(3).muli(20);
        INDArray other = features(6, EXAMPLES, 3);
        INDArray single = features(7, EXAMPLES, 1);
        MultiNormalizerStandardize standard = new MultiNormalizerStandardize();
        standard.fitLabel(true);
        MultiNormalizerMinMaxScaler range = new MultiNormalizerMinMaxScaler(-1, 3);
        return Stream.of(
                equal("standardize", regression(), fitted(new NormalizerStandardize(), false, rows, targets), rows),
                equal(
                        "standardize with labels",
                        regression(),
                        fitted(new NormalizerStandardize(), true, rows, targets),
                        rows),
                equal("range", regression(), fitted(new NormalizerMinMaxScaler(-1, 2), false, rows, targets), rows),
                equal(
                        "range with labels",
                        regression(),
                        fitted(new NormalizerMinMaxScaler(), true, rows, targets),
                        rows),
                equal("sequences", sequences(), fitted(new NormalizerStandardize(), true, steps, stepTargets), steps),
                equal(
                        "sequences in a range",
                        sequences(),
                        fitted(new NormalizerMinMaxScaler(0, 5), true, steps, stepTargets),
                        steps),
                equal(
                        "pictures by channel",
                        pictures(),
                        fitted(new NormalizerStandardize(), false, pixels, targets),
                        pixels),
                equal("pixels", pictures(), new ImagePreProcessingScaler(), pixels),
                equal("pixels in a range", pictures(), new ImagePreProcessingScaler(-1, 1), pixels),
                equal("pixels of 16 bits", pictures(), new ImagePreProcessingScaler(0, 3, 16), pixels),
                equal("mean colour", pictures(), new VGG16ImagePreProcessor(), pixels),
                equal("two inputs", twoInputs(), fitted(standard, rows, other, targets, single), rows, other),
                equal("two inputs in a range", twoInputs(), fitted(range, rows, other, targets, single), rows, other),
                equal(
                        "two kinds",
                        twoInputs(),
                        fitted(
                                new MultiNormalizerHybrid()
                                        .standardizeInput(0)
                                        .minMaxScaleInput(1, -2, 4)
                                        .standardizeOutput(0)
                                        .minMaxScaleOutput(1, 0, 1),
                                rows,
                                other,
                                targets,
                                single),
                        rows,
                        other),
                equal(
                        "one of two inputs",
                        twoInputs(),
                        fitted(new MultiNormalizerHybrid().standardizeInput(1), rows, other, targets, single),
                        rows,
                        other));
    }

    /** DL4J saves the network and reads the numbers of its normalizer; the test repeats the arithmetic. */
    @Test
    void aSavedNormalizerIsNotDropped() throws Exception {
        Path file = folder.resolve("with_normalizer.zip");
        try (InputStream in = NormalizedNetworkTest.class.getResourceAsStream("/cases/networks/with_normalizer.zip")) {
            Files.copy(in, file);
        }
        MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(file.toFile());
        NormalizerStandardize normalizer = ModelSerializer.restoreNormalizerFromFile(file.toFile());
        INDArray raw = features(9, EXAMPLES, 4);
        INDArray scaled = raw.dup();
        for (int row = 0; row < EXAMPLES; row++) {
            for (int column = 0; column < 4; column++) {
                double value =
                        (raw.getDouble(row, column) - normalizer.getMean().getDouble(column))
                                / normalizer.getStd().getDouble(column);
                scaled.putScalar(row, column, value);
            }
        }
        INDArray expected = network.output(scaled);
        assertFalse(expected.equalsWithEps(network.output(raw), 1e-3), "the normalizer changes something");
        assertSame(List.of(expected), NetworkFile.exporter(file), raw);
    }

    private static byte[] unknown(String type, String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF("NORMALIZER");
        out.writeInt(1);
        out.writeUTF(type);
        out.writeUTF(name);
        return bytes.toByteArray();
    }

    /** DL4J would create an object of the class that a file of type CUSTOM names. */
    @Test
    void aNormalizerThatIsNotKnownIsWarnedOf() throws Exception {
        Path custom = ZipEdits.of(regression())
                .entry("normalizer.bin", unknown("CUSTOM", "com.acme.OurStrategy"))
                .entry("preprocessor.bin", new byte[] {(byte) 0xac, (byte) 0xed, 0, 5})
                .write(folder.resolve("custom.zip"));
        assertEquals(
                List.of(
                        custom
                                + " has a normalizer of the type CUSTOM (normalizer.bin), which is not part of the"
                                + " exported file. Prepare the data for that file in your own code, as in training.",
                        custom
                                + " has a preprocessor as a serialised Java object (preprocessor.bin), which is not part"
                                + " of the exported file. Prepare the data for that file in your own code, as in training."),
                NetworkFile.exporter(custom).export().report().warnings());
        var failure = assertThrows(
                IllegalArgumentException.class,
                () -> NormalizedNetwork.of(regression(), new ImageMultiPreProcessingScaler(0)));
        assertTrue(failure.getMessage().contains("ImageMultiPreProcessingScaler"), failure::getMessage);
    }

    @Test
    void aNormalizerOfMoreInputsThanThereAreIsRefused() {
        MultiNormalizerStandardize several = fitted(
                new MultiNormalizerStandardize(),
                features(1, EXAMPLES, 4),
                features(6, EXAMPLES, 3),
                features(2, EXAMPLES, 2),
                features(7, EXAMPLES, 1));
        OnnxExporter exporter = OnnxExporter.of(NormalizedNetwork.of(regression(), several));
        String message =
                assertThrows(IllegalArgumentException.class, exporter::export).getMessage();
        assertTrue(
                message.startsWith(
                        "The normalizer does not fit the network: it has statistics for input 1, but the network"
                                + " has only"),
                message);
    }
}
