package dev.jzoo.export.scratch;

import static dev.jzoo.export.scratch.RandomLayers.convolution;
import static dev.jzoo.export.scratch.RandomLayers.dense;
import static dev.jzoo.export.scratch.RandomLayers.embedding;
import static dev.jzoo.export.scratch.RandomLayers.gru;
import static dev.jzoo.export.scratch.RandomLayers.lstm;
import static dev.jzoo.export.scratch.RandomLayers.randomise;
import static dev.jzoo.export.scratch.ScratchContract.floats;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.ExportReport;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.Parity;
import dev.jzoo.export.PixelInput;
import dev.jzoo.export.Postprocessing;
import dev.jzoo.export.testing.Miswritten;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralLayer.Phase;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.layers.BatchNorm;
import dev.jzoo.scratch.layers.DropoutLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.layers.LastStepLayer;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the exporter with networks from scratch. */
class ScratchExporterTest {

    private static final List<Dimension> PICTURE = Dimension.batchOf(1, 12, 12);

    @TempDir
    Path folder;

    private static OnnxExporter pictures() {
        return OnnxExporter.of(randomise(ScratchLayersTest.convolutional(), new Random(3)))
                .input("picture", DataType.FLOAT, PICTURE);
    }

    private static long count(OnnxFile file, String operator) {
        return file.graph().nodes().stream()
                .map(Node::opType)
                .filter(operator::equals)
                .count();
    }

    private static float[] outputs(OnnxFile file, Tensor given) throws IOException {
        try (OnnxModel model =
                OnnxModel.open(file.toBytes(), "scratch.onnx", Device.cpu(), SessionSettings.standard())) {
            return model.run(Map.of(file.graph().inputs().get(0).name(), given))
                    .get("output")
                    .floats();
        }
    }

    /** Checks what the weights determine: the input's type and shape. */
    @Test
    void theInputIsKnownWhereTheWeightsDetermineIt() throws IOException {
        Map<String, NeuralLayer> networks = Map.of(
                "input float [batch, 4]", NeuralNetwork.of(new DropoutLayer(0.1, 1), Elementwise.tanh(), dense(4, 2)),
                "input float [batch, steps, 3]", NeuralNetwork.of(lstm(3, 4), new LastStepLayer(), dense(4, 1)),
                "input int64 [batch, steps]", NeuralNetwork.of(embedding(9, 3), gru(3, 4)));
        for (Map.Entry<String, NeuralLayer> each : networks.entrySet()) {
            OnnxExporter.Exported exported =
                    OnnxExporter.of(randomise(each.getValue(), new Random(5))).export();
            assertEquals(
                    List.of(each.getKey()),
                    exported.file().graph().inputs().stream()
                            .map(Object::toString)
                            .collect(Collectors.toList()));
            assertTrue(
                    exported.report().parity().maxAbsolute() <= 1e-5,
                    exported.report().toString());
        }
    }

    /** An independent reference: the same numbers, computed here. */
    @Test
    void aFileComputesAnyBatch() throws IOException {
        NeuralNetwork network =
                randomise(NeuralNetwork.of(dense(4, 5), Elementwise.sigmoid(), dense(5, 2)), new Random(2));
        OnnxFile file = OnnxExporter.of(network).export().file();
        double[][] w =
                network.weights().stream().map(each -> each.value().values()).toArray(double[][]::new);
        for (int batch : new int[] {1, 2, 17, 100}) {
            Random random = new Random(batch);
            float[] x = new float[4 * batch];
            float[] expected = new float[2 * batch];
            for (int n = 0; n < batch; n++) {
                double[] hidden = w[1].clone();
                for (int i = 0; i < 4; i++) {
                    x[4 * n + i] = (float) random.nextGaussian();
                    for (int j = 0; j < 5; j++) {
                        hidden[j] += x[4 * n + i] * w[0][5 * i + j];
                    }
                }
                for (int k = 0; k < 2; k++) {
                    double sum = w[3][k];
                    for (int j = 0; j < 5; j++) {
                        sum += w[2][2 * j + k] / (1 + Math.exp(-hidden[j]));
                    }
                    expected[2 * n + k] = (float) sum;
                }
            }
            assertArrayEquals(expected, outputs(file, Tensor.of(x, batch, 4)), 1e-5f);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17, 21, 23})
    void everyOpsetAgrees(int opset) throws IOException {
        OnnxExporter.Exported exported = pictures().opset(opset).export();
        assertTrue(
                exported.report().parity().maxAbsolute() <= 1e-5,
                exported.report().toString());
        assertEquals(opset, exported.file().opset());
    }

    @Test
    void foldedBatchNormalisationGivesTheSameNumbers() throws IOException {
        OnnxFile plain = pictures().export().file();
        OnnxFile folded = pictures().foldBatchNormalization().export().file();
        assertEquals(2, count(plain, "BatchNormalization"));
        assertEquals(0, count(folded, "BatchNormalization"));
        Random random = new Random(8);
        float[] x = new float[5 * 144];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        Tensor given = Tensor.of(x, 5, 1, 12, 12);
        assertArrayEquals(outputs(plain, given), outputs(folded, given), 1e-5f);
    }

    @Test
    void foldedBatchNormalisationOfRowsGivesTheSameNumbers() throws IOException {
        NeuralNetwork network =
                randomise(NeuralNetwork.of(dense(4, 6), new BatchNorm(6, 0.9, 1e-5), dense(6, 2)), new Random(8));
        OnnxFile folded =
                OnnxExporter.of(network).foldBatchNormalization().export().file();
        assertEquals(0, count(folded, "BatchNormalization"));
        Array x = Array.of(new Random(4).doubles(12).map(each -> (float) each).toArray(), 3, 4);
        Tensor given = Tensor.of(LayerSite.floats(x.values()), 3, 4);
        float[] expected = LayerSite.floats(network.forward(x, Phase.INFERENCE).values());
        assertArrayEquals(expected, outputs(folded, given), 1e-5f);
    }

    @Test
    void pixelsAndProbabilitiesAreAdded() throws IOException {
        ExportReport report = OnnxExporter.of(randomise(ScratchLayersTest.convolutional(), new Random(3)))
                .input("picture", DataType.FLOAT, PICTURE)
                .before(PixelInput.unit(12, 12, 1, PixelInput.PixelLayout.CHANNELS_FIRST))
                .after(Postprocessing.softmax("probabilities"))
                .write(folder.resolve("pictures.onnx"));
        assertTrue(report.parity().agrees(), report.toString());
        OnnxFile file = OnnxFile.read(folder.resolve("pictures.onnx"));
        assertEquals(DataType.UINT8, file.graph().inputs().get(0).type());
    }

    @Test
    void theSameNetworkGivesTheSameBytes() throws IOException {
        pictures().write(folder.resolve("a.onnx"));
        pictures().write(folder.resolve("b.onnx"));
        assertArrayEquals(Files.readAllBytes(folder.resolve("a.onnx")), Files.readAllBytes(folder.resolve("b.onnx")));
    }

    @Test
    void anExportChangesNoWeightAndNoStatistic() throws IOException {
        NeuralNetwork network = randomise(ScratchLayersTest.convolutional(), new Random(3));
        BatchNorm norm = (BatchNorm) network.layers().get(1);
        List<double[]> before = network.weights().stream()
                .map(each -> each.value().values().clone())
                .collect(Collectors.toList());
        before.add(norm.runningMean().clone());
        OnnxExporter.of(network).input("picture", DataType.FLOAT, PICTURE).export();
        for (int i = 0; i < network.weights().size(); i++) {
            assertArrayEquals(before.get(i), network.weights().get(i).value().values());
        }
        assertArrayEquals(before.get(before.size() - 1), norm.runningMean());
    }

    /** A wrong rule would be caught: the first layer whose values differ is named. */
    @ParameterizedTest
    @CsvSource({"0, Conv '/0/Conv'", "3, BatchNormalization '/1/BatchNormalization'", "9, Gemm '/7/Gemm'"})
    void theFirstLayerThatDiffersIsNamed(int weight, String node) throws IOException {
        NeuralNetwork right = randomise(ScratchLayersTest.convolutional(), new Random(3));
        NeuralNetwork written = randomise(ScratchLayersTest.convolutional(), new Random(3));
        double[] values = written.weights().get(weight).value().values();
        Arrays.setAll(values, i -> values[i] + 0.7);
        Parity parity = OnnxExporter.of(new Miswritten(right, written))
                .input("picture", DataType.FLOAT, PICTURE)
                .report()
                .parity();
        assertFalse(parity.agrees());
        assertTrue(parity.firstDifference().contains(" is written by " + node), parity.firstDifference());
    }

    @Test
    void aFileOfDoublesAgreesToMoreDigits() throws IOException {
        NeuralNetwork network =
                randomise(NeuralNetwork.of(dense(4, 20), Elementwise.tanh(), dense(20, 3)), new Random(6));
        OnnxExporter.Exported exported = OnnxExporter.of(network)
                .input("x", DataType.DOUBLE, floats("batch", 4).shape())
                .export();
        assertEquals(DataType.DOUBLE, exported.file().graph().outputs().get(0).type());
        assertTrue(
                exported.report().parity().maxAbsolute() < 1e-12,
                exported.report().toString());
    }

    @Test
    void aConvolutionAloneIsExported() throws IOException {
        ExportReport report = OnnxExporter.of(randomise(convolution(1, 2, 3, 1, 1), new Random(1)))
                .input("picture", DataType.FLOAT, PICTURE)
                .report();
        assertTrue(report.parity().agrees(), report.toString());
        assertEquals(20, report.parameters());
    }
}
