package dev.jzoo.export.scratch;

import static dev.jzoo.export.scratch.RandomLayers.attention;
import static dev.jzoo.export.scratch.RandomLayers.convolution;
import static dev.jzoo.export.scratch.RandomLayers.dense;
import static dev.jzoo.export.scratch.RandomLayers.embedding;
import static dev.jzoo.export.scratch.RandomLayers.gru;
import static dev.jzoo.export.scratch.RandomLayers.lstm;
import static dev.jzoo.export.scratch.RandomLayers.simple;
import static dev.jzoo.export.scratch.ScratchContract.floats;
import static dev.jzoo.export.scratch.ScratchContract.input;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.DisagreementException;
import dev.jzoo.export.InputDeclarationException;
import dev.jzoo.export.InputValues;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.testing.Coverage;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.layers.AveragePool2d;
import dev.jzoo.scratch.layers.BatchNorm;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.layers.LastStepLayer;
import dev.jzoo.scratch.layers.MaxPool2d;
import dev.jzoo.scratch.layers.ResidualLayer;
import dev.jzoo.scratch.layers.SelfAttention;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Networks that cannot be exported are refused by name, before a file is written. */
class ScratchRefusalsTest {

    @TempDir
    Path folder;

    /** A layer of somebody else. */
    private record Doubling() implements NeuralLayer {
        @Override
        public Array forward(Array input, Phase phase) {
            return input.times(2);
        }

        @Override
        public Array backward(Array gradient) {
            return gradient.times(2);
        }
    }

    private List<String> refused(NeuralLayer network, ValueInfo input) {
        OnnxExporter exporter =
                OnnxExporter.of(network).input(input.name(), input.type(), input.shape(), InputValues.between(0, 1));
        var failure =
                assertThrows(UnsupportedNetworkException.class, () -> exporter.write(folder.resolve("refused.onnx")));
        assertEquals(List.of(), List.of(folder.toFile().list()));
        return failure.parts();
    }

    @Test
    void everyLayerWithoutARuleIsNamedAtOnce() {
        String reason = ": no rule for " + Doubling.class.getName();
        NeuralNetwork network = NeuralNetwork.of(
                dense(4, 4),
                new Doubling(),
                new ResidualLayer(NeuralNetwork.of(new Doubling(), dense(4, 4))),
                new ResidualLayer(new Doubling()));
        assertEquals(
                List.of("1 (Doubling)" + reason, "2/body/0 (Doubling)" + reason, "3/body (Doubling)" + reason),
                refused(network, floats("batch", 4)));
    }

    private DynamicTest refuses(NeuralLayer layer, ValueInfo input, String reason) {
        String part = layer.getClass().getSimpleName();
        return DynamicTest.dynamicTest(part + ": " + reason, () -> {
            assertEquals(List.of("0 (" + part + "): " + reason), refused(layer, input));
            Coverage.limit(ScratchContract.SUITE, part, reason);
        });
    }

    /** ONNX Runtime has these operators for floats only. */
    @TestFactory
    Stream<DynamicTest> layersThatTheRuntimeLacksForDoublesAreRefused() {
        ValueInfo pictures = input(DataType.DOUBLE, "batch", 1, 6, 6);
        ValueInfo sequences = input(DataType.DOUBLE, "batch", "steps", 4);
        return Stream.of(
                refuses(simple(4, 3), sequences, "ONNX Runtime has no RNN for doubles; declare an input of type FLOAT"),
                refuses(lstm(4, 3), sequences, "ONNX Runtime has no LSTM for doubles; declare an input of type FLOAT"),
                refuses(gru(4, 3), sequences, "ONNX Runtime has no GRU for doubles; declare an input of type FLOAT"),
                refuses(
                        convolution(1, 2, 3, 1, 0),
                        pictures,
                        "ONNX Runtime has no Conv for doubles; declare an input of type FLOAT"),
                refuses(
                        new AveragePool2d(2, 2),
                        pictures,
                        "ONNX Runtime has no AveragePool for doubles; declare an input of type FLOAT"),
                refuses(
                        new Elementwise(Elementwise.Function.LEAKY_RELU),
                        pictures,
                        "ONNX Runtime has no LeakyRelu for doubles; declare an input of type FLOAT"));
    }

    private DynamicTest doesNotFit(NeuralLayer layer, ValueInfo input, String reason) {
        return DynamicTest.dynamicTest(
                layer.getClass().getSimpleName(),
                () -> assertEquals(
                        List.of("1 (" + layer.getClass().getSimpleName() + "): " + reason),
                        refused(NeuralNetwork.of(Elementwise.relu(), layer), input)));
    }

    @TestFactory
    Stream<DynamicTest> aLayerThatDoesNotFitItsInputIsNamed() {
        return Stream.of(
                doesNotFit(dense(4, 2), floats("batch", 5), "it takes 4 inputs in axis 1, but its input is [batch, 5]"),
                doesNotFit(
                        dense(4, 2), floats("batch", 3, 4), "it takes [batch, inputs], but its input is [batch, 3, 4]"),
                doesNotFit(
                        new BatchNorm(4, 0.9, 1e-5),
                        floats("batch", "steps"),
                        "it takes 4 channels in axis 1, but its input is [batch, steps]"),
                doesNotFit(
                        convolution(3, 2, 3, 1, 0),
                        floats("batch", 1, 6, 6),
                        "it takes 3 channels in axis 1, but its input is [batch, 1, 6, 6]"),
                doesNotFit(
                        convolution(1, 2, 5, 1, 1),
                        floats("batch", 1, 9, 2),
                        "a window of 5 with padding 1 does not fit its input [batch, 1, 9, 2]"),
                doesNotFit(
                        new MaxPool2d(4, 4),
                        floats("batch", 1, 3, 9),
                        "a window of 4 with padding 0 does not fit its input [batch, 1, 3, 9]"),
                doesNotFit(
                        new MaxPool2d(4, 4),
                        floats("batch", 9),
                        "it takes [batch, channels, height, width], but its input is [batch, 9]"),
                doesNotFit(
                        lstm(4, 2),
                        floats("batch", "steps", 3),
                        "it takes 4 features in axis 2, but its input is [batch, steps, 3]"),
                doesNotFit(
                        attention(4, 2, 2, SelfAttention.AttentionMask.NONE),
                        floats("batch", 4),
                        "it takes [batch, steps, features], but its input is [batch, 4]"),
                doesNotFit(
                        embedding(4, 2),
                        floats("batch", 4, 1),
                        "it takes [batch, steps], but its input is [batch, 4, 1]"),
                doesNotFit(
                        new LastStepLayer(),
                        floats("batch", 4),
                        "it takes [batch, steps, features], but its input is [batch, 4]"),
                doesNotFit(
                        new ResidualLayer(dense(4, 2)),
                        floats("batch", 4),
                        "its input is [batch, 4], but its body returns [batch, 2]"));
    }

    @Test
    void aShapeThatTheWeightsDoNotDetermineMustBeDeclared() {
        OnnxExporter exporter = OnnxExporter.of(ScratchLayersTest.convolutional());
        var failure = assertThrows(InputDeclarationException.class, exporter::export);
        assertEquals(InputDeclarationException.Lack.SHAPE, failure.lack());
        assertTrue(failure.getMessage().contains("its first layer does not determine the shape"), failure.getMessage());
    }

    @Test
    void twoInputsAreRefused() {
        OnnxExporter exporter = OnnxExporter.of(dense(4, 2))
                .input("a", DataType.FLOAT, floats("batch", 4).shape())
                .input("b", DataType.FLOAT, floats("batch", 4).shape());
        var failure = assertThrows(IllegalArgumentException.class, exporter::export);
        assertTrue(failure.getMessage().contains("2 inputs"), failure.getMessage());
    }

    @Test
    void damagedWeightsAreNamedAndNotWritten() {
        for (double damage : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e300}) {
            NeuralNetwork network = RandomLayers.randomise(NeuralNetwork.of(dense(4, 3), dense(3, 2)), new Random(1));
            network.weights().get(2).value().set(damage, 0, 1);
            OnnxExporter exporter = OnnxExporter.of(network);
            var failure = assertThrows(
                    DisagreementException.class, () -> exporter.write(folder.resolve("damaged.onnx")), "" + damage);
            assertTrue(failure.getMessage().contains("1.weight"), failure.getMessage());
            assertEquals(List.of(), List.of(folder.toFile().list()));
        }
    }
}
