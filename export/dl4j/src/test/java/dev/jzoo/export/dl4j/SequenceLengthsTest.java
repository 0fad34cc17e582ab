package dev.jzoo.export.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.SourceNetwork;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.testing.BetweenLayers;
import dev.jzoo.export.testing.ContractFiles;
import dev.jzoo.export.testing.Coverage;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.OnnxFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.NoOp;

/** Tests sequences of different lengths in one batch against DL4J's own output with masks; the exporter compares. */
@SuppressWarnings("deprecation") // saved networks have the deprecated layers
class SequenceLengthsTest {

    private static final int FEATURES = 4;

    private static LSTM lstm() {
        return new LSTM.Builder().nOut(3).build();
    }

    /** Returns a layer with its settings, because DL4J does not pass its defaults through two wrappers. */
    private static LSTM configured() {
        return new LSTM.Builder()
                .nOut(3)
                .activation(Activation.TANH)
                .weightInit(WeightInit.XAVIER)
                .updater(new NoOp())
                .build();
    }

    private static SimpleRnn simple() {
        return new SimpleRnn.Builder().nOut(3).build();
    }

    private static OutputLayer classes() {
        return new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build();
    }

    private static RnnOutputLayer steps() {
        return new RnnOutputLayer.Builder()
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static Layer pooling(PoolingType type) {
        return new GlobalPoolingLayer.Builder(type).pnorm(3).build();
    }

    private static OnnxFile export(Object network, long seed) throws IOException {
        Contract.randomise(network, seed);
        try (SourceNetwork source = new Dl4jFrontEnd().open(network, List.of()).withLengths("lengths")) {
            BetweenLayers.assertAgree(source);
        }
        OnnxFile file = OnnxExporter.of(network).lengths("lengths").export().file();
        ContractFiles.SMALL.keep("dl4j lengths", file);
        return file;
    }

    private static DynamicTest agrees(String name, RNNFormat format, Layer... layers) {
        return DynamicTest.dynamicTest(
                name + " " + format,
                () -> export(Networks.chain(InputType.recurrent(FEATURES, format), layers), name.hashCode()));
    }

    /** Tests layers in both layouts. */
    private static Stream<DynamicTest> agree(String name, Layer... layers) {
        return Stream.of(RNNFormat.values())
                .map(format -> agrees(
                        name, format, Arrays.stream(layers).map(Layer::clone).toArray(Layer[]::new)));
    }

    @TestFactory
    Stream<DynamicTest> maskedNetworksAgree() {
        Stream<DynamicTest> both = Stream.of(
                        agree("lstm", lstm(), steps()),
                        agree("simple rnn", simple(), steps()),
                        agree("graves lstm", new GravesLSTM.Builder().nOut(3).build(), steps()),
                        agree(
                                "graves both ways",
                                new GravesBidirectionalLSTM.Builder().nOut(3).build(),
                                steps()),
                        agree("simple rnn both ways", new Bidirectional(simple()), steps()),
                        agree("lstm both ways", new Bidirectional(lstm()), steps()),
                        agree("last step", new LastTimeStep(lstm()), classes()),
                        agree("last step of simple rnn", new LastTimeStep(simple()), classes()),
                        agree("last step behind lstm", lstm(), new LastTimeStep(lstm()), classes()),
                        agree("last steps both ways", new Bidirectional(new LastTimeStep(configured())), classes()),
                        agree("last step of both ways", new LastTimeStep(new Bidirectional(lstm())), classes()),
                        agree(
                                "last step of graves",
                                new LastTimeStep(
                                        new GravesLSTM.Builder().nOut(3).build()),
                                classes()),
                        agree(
                                "loss",
                                simple(),
                                new RnnLossLayer.Builder()
                                        .activation(Activation.SOFTMAX)
                                        .build()),
                        agree("activation", lstm(), new ActivationLayer(Activation.SOFTMAX), simple(), steps()),
                        agree(
                                "dense between",
                                lstm(),
                                new DenseLayer.Builder().nOut(3).build(),
                                simple(),
                                steps()),
                        agree(
                                "dense before lstm",
                                new DenseLayer.Builder().nOut(3).build(),
                                lstm(),
                                steps()))
                .flatMap(tests -> tests);
        Stream<DynamicTest> pooled = Arrays.stream(PoolingType.values())
                .map(type -> agrees("pooling " + type, RNNFormat.NCW, lstm(), pooling(type), classes()));
        return Stream.concat(both, pooled);
    }

    @Test
    void embeddedWordsAgree() throws IOException {
        for (RNNFormat format : RNNFormat.values()) {
            EmbeddingSequenceLayer words = new EmbeddingSequenceLayer.Builder()
                    .nIn(7)
                    .nOut(3)
                    .hasBias(true)
                    .outputDataFormat(format)
                    .build();
            export(Networks.chain(InputType.recurrent(7, format), words, new LastTimeStep(lstm()), classes()), 1);
        }
    }

    @Test
    void graphWithLastTimeStepVertexAgrees() throws IOException {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("words")
                .setInputTypes(InputType.recurrent(FEATURES))
                .addLayer("lstm", lstm(), "words")
                .addVertex("last", new LastTimeStepVertex("words"), "lstm")
                .addLayer("scores", classes(), "last")
                .setOutputs("scores")
                .build());
        graph.init();
        OnnxFile file = export(graph, 1);
        assertEquals("scores", file.graph().outputs().get(0).name());
    }

    /** Without this test, parity could hold for a graph that DL4J and ONNX Runtime both run without masks. */
    @Test
    void whatFillsASequenceUpDoesNotMatter() throws IOException {
        var network =
                Networks.chain(InputType.recurrent(FEATURES), new LastTimeStep(new Bidirectional(lstm())), classes());
        OnnxFile file = export(network, 3);
        float[] values = new float[FEATURES * 6];
        Random random = new Random(3);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        float[] filled = values.clone();
        for (int feature = 0; feature < FEATURES; feature++) {
            Arrays.fill(filled, feature * 6 + 4, feature * 6 + 6, 100);
        }
        float[] four = run(file, values, 4);
        assertArrayEquals(four, run(file, filled, 4), 1e-6f);
        assertFalse(Arrays.equals(four, run(file, values, 6)));
    }

    private static float[] run(OnnxFile file, float[] values, int length) throws IOException {
        try (OnnxModel model = OnnxModel.open(file.toBytes(), "lengths.onnx", Device.cpu())) {
            return model.run(Map.of(
                            "input",
                            Tensor.of(values, 1, FEATURES, 6),
                            "lengths",
                            Tensor.ofInts(new int[] {length}, 1)))
                    .get("output")
                    .floats();
        }
    }

    @Test
    void layersThatTreatMasksOtherwiseAreNamedAllAtOnce() {
        var network = Networks.chain(
                InputType.recurrent(FEATURES),
                new DropoutLayer.Builder(0.5).name("thin").build(),
                lstm(),
                new Convolution1DLayer.Builder(3)
                        .name("narrow")
                        .nOut(3)
                        .stride(2)
                        .build(),
                lstm());
        var failure = assertThrows(
                UnsupportedNetworkException.class,
                () -> OnnxExporter.of(network).lengths("lengths").export());
        assertEquals(
                List.of(
                        "thin (DropoutLayer): its treatment of a mask is not supported; export without lengths",
                        "narrow (Convolution1DLayer): its treatment of a mask is not supported; export without"
                                + " lengths"),
                failure.parts());
        Coverage.limit("DL4J", "Convolution1DLayer", "lengths of sequences are not supported before it");
        Coverage.limit(
                "DL4J",
                "DenseLayer, DropoutLayer",
                "lengths of sequences are not supported before dropout: DL4J itself fails");
    }

    @Test
    void lengthsOfWhatIsNoSequenceAreRefused() {
        var network = Networks.chain(InputType.feedForward(FEATURES), classes());
        OnnxExporter exporter = OnnxExporter.of(network).lengths("lengths");
        assertThrows(IllegalArgumentException.class, exporter::export);
    }
}
