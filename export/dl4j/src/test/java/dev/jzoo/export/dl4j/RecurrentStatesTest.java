package dev.jzoo.export.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.Postprocessing;
import dev.jzoo.export.dl4j.network.NdArrays;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.activations.Activation;

/** Compares a sequence in two parts, with the state passed from one to the other, with the whole sequence in DL4J. */
@SuppressWarnings("deprecation") // saved networks have GravesLSTM
class RecurrentStatesTest {

    private static final int FEATURES = 4;
    private static final int STEPS = 7;
    private static final int CUT = 3;

    private static RnnOutputLayer steps() {
        return new RnnOutputLayer.Builder()
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static DynamicTest continues(String name, List<String> states, Layer... layers) {
        return DynamicTest.dynamicTest(name, () -> {
            MultiLayerNetwork network = Networks.chain(InputType.recurrent(FEATURES, RNNFormat.NCW), layers);
            Contract.randomise(network, name.hashCode());
            OnnxFile file = OnnxExporter.of(network).states().export().file();
            assertEquals(
                    states,
                    file.graph().inputs().stream().skip(1).map(ValueInfo::name).toList());
            float[] sequence = new float[FEATURES * STEPS];
            for (int i = 0; i < sequence.length; i++) {
                sequence[i] = (float) Math.sin(i + 1);
            }
            Tensor whole = Tensor.of(sequence, 1, FEATURES, STEPS);
            float[] expected = NdArrays.tensor(network.output(NdArrays.array(
                            whole, network.getLayerWiseConfigurations().getDataType())))
                    .floats();
            assertArrayEquals(expected, inTwoParts(file, sequence, states), 1e-5f);
        });
    }

    /** Returns [2 classes, steps] of one sequence. */
    private static float[] inTwoParts(OnnxFile file, float[] sequence, List<String> states) throws IOException {
        float[] joined = new float[2 * STEPS];
        try (OnnxModel model = OnnxModel.open(file.toBytes(), "states", Device.cpu())) {
            Map<String, Tensor> given = new HashMap<>();
            for (ValueInfo input : file.graph().inputs().subList(1, 1 + states.size())) {
                int units = (int) ((Dimension.FixedDimension) input.shape().get(2)).size();
                given.put(input.name(), Tensor.of(new float[units], 1, 1, units));
            }
            for (int from = 0; from < STEPS; from += CUT) {
                int count = Math.min(CUT, STEPS - from);
                given.put("input", Tensor.of(columns(sequence, from, count), 1, FEATURES, count));
                Map<String, Tensor> results = model.run(given);
                float[] part = results.get("output").floats();
                for (int row = 0; row < 2; row++) {
                    System.arraycopy(part, row * count, joined, row * STEPS + from, count);
                }
                for (String state : states) {
                    given.put(state, results.get(state.replace("_in", "_out")));
                }
            }
        }
        return joined;
    }

    private static float[] columns(float[] sequence, int from, int count) {
        float[] part = new float[FEATURES * count];
        for (int row = 0; row < FEATURES; row++) {
            System.arraycopy(sequence, row * STEPS + from, part, row * count, count);
        }
        return part;
    }

    @TestFactory
    Stream<DynamicTest> aSequenceGoesOnWhereTheCallBeforeHasEnded() {
        return Stream.of(
                continues(
                        "lstm",
                        List.of("hidden_in", "cell_in"),
                        new LSTM.Builder().nOut(3).build(),
                        steps()),
                continues(
                        "graves lstm",
                        List.of("hidden_in", "cell_in"),
                        new GravesLSTM.Builder().nOut(3).build(),
                        steps()),
                continues(
                        "simple rnn",
                        List.of("hidden_in"),
                        new SimpleRnn.Builder().nOut(3).build(),
                        steps()),
                continues(
                        "two layers",
                        List.of("first.hidden_in", "first.cell_in", "1.hidden_in"),
                        new LSTM.Builder().name("first").nOut(3).build(),
                        new SimpleRnn.Builder().nOut(5).build(),
                        steps()));
    }

    @Test
    void aGraphOfCharactersHasItsStatesBehindTheNamesThatItsOutputsAreGiven() throws IOException {
        ComputationGraph network = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("text")
                .addLayer(
                        "embedding",
                        new EmbeddingSequenceLayer.Builder().nIn(9).nOut(4).build(),
                        "text")
                .addLayer(
                        "lstm",
                        new LSTM.Builder()
                                .nIn(4)
                                .nOut(3)
                                .dataFormat(RNNFormat.NCW)
                                .build(),
                        "embedding")
                .addLayer(
                        "next",
                        new RnnOutputLayer.Builder()
                                .nIn(3)
                                .nOut(9)
                                .dataFormat(RNNFormat.NCW)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "lstm")
                .setOutputs("next")
                .build());
        network.init();
        OnnxFile file = OnnxExporter.of(network)
                .input("ids", DataType.INT64, List.of(Dimension.BATCH, Dimension.of("time")))
                .states()
                .after(Postprocessing.transposed("probabilities", 0, 2, 1))
                .export()
                .file();
        assertEquals(
                "[ids int64 [batch, time], hidden_in float [1, batch, 3], cell_in float [1, batch, 3]]",
                describe(file.graph().inputs()));
        assertEquals(
                "[probabilities float [batch, time, 9], hidden_out float [1, batch, 3], cell_out float [1, batch, 3]]",
                describe(file.graph().outputs()));
    }

    private static String describe(List<ValueInfo> ports) {
        return ports.stream()
                .map(port -> port.name() + " " + port.type().name().toLowerCase(java.util.Locale.ROOT) + " "
                        + Dimension.format(port.shape()))
                .toList()
                .toString();
    }

    @Test
    void layersWhoseStateCannotBeCarriedAreRefusedByName() {
        Layer lstm = new LSTM.Builder().nOut(3).build();
        assertRefused("Bidirectional", new Bidirectional(lstm.clone()), steps());
        OutputLayer classes =
                new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build();
        assertRefused("LastTimeStep", new LastTimeStep(lstm.clone()), classes);
        assertRefused("MaskZeroLayer", new MaskZeroLayer(lstm.clone(), 0), steps());
        GravesBidirectionalLSTM both =
                new GravesBidirectionalLSTM.Builder().nOut(3).build();
        assertRefused("GravesBidirectionalLSTM", both, steps());
        assertRefused("no recurrent layer", new DenseLayer.Builder().nOut(3).build(), steps());
    }

    @Test
    void allLayersWhoseStateCannotBeCarriedAreNamedAtOnceAndThoseThatWouldDo() {
        Layer lstm = new LSTM.Builder().nOut(3).build();
        MultiLayerNetwork network = Networks.chain(
                InputType.recurrent(FEATURES, RNNFormat.NCW),
                new Bidirectional(lstm.clone()),
                lstm,
                new MaskZeroLayer(lstm.clone(), 0),
                steps());
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> OnnxExporter.of(network).states().export());
        assertEquals(
                "Cannot add states: they need layers of LSTM, GravesLSTM or SimpleRnn that return whole"
                        + " sequences, but the network has 0 (Bidirectional), 2 (MaskZeroLayer). Export the"
                        + " network without states.",
                e.getMessage());
    }

    private static void assertRefused(String part, Layer... layers) {
        MultiLayerNetwork network = Networks.chain(InputType.recurrent(FEATURES, RNNFormat.NCW), layers);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> OnnxExporter.of(network).states().export(),
                        Arrays.toString(layers))
                .getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void lengthsAndStatesExcludeEachOther() {
        MultiLayerNetwork network = Networks.chain(
                InputType.recurrent(FEATURES, RNNFormat.NCW),
                new LSTM.Builder().nOut(3).build(),
                steps());
        assertThrows(
                IllegalArgumentException.class,
                () -> OnnxExporter.of(network).lengths("lengths").states().export());
    }
}
