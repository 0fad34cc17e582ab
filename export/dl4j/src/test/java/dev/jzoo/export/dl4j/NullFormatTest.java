package dev.jzoo.export.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.zoo.card.Dimension;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.DataFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A layout that is not set: networks without {@code setInputTypes}, and saved ones of releases that had no such setting. What DL4J takes null
 * for differs from layer to layer.
 */
@SuppressWarnings({"deprecation", "rawtypes", "unchecked"
}) // saved networks have the deprecated layers; builders are raw
class NullFormatTest {

    private static final InputType IMAGE = InputType.convolutional(6, 8, 4);
    private static final InputType SEQUENCE = InputType.recurrent(4);
    private static final InputType VOLUME = InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 5, 6, 7, 2);
    private static final Dimension TIME = Dimension.of("time");

    /** Whatever they are given: nothing to compare with. */
    private static final Set<String> FAIL_IN_DL4J = Set.of(
            "BatchNormalization.cnn2DFormat", "Cnn3DLossLayer.dataFormat", "DepthwiseConvolution2D.cnn2dDataFormat");

    @TempDir
    Path folder;

    private static ComputationGraph characters() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("lstm", new LSTM.Builder().nIn(7).nOut(4).build(), "in")
                .addLayer(
                        "out",
                        new RnnOutputLayer.Builder(LossFunction.MCXENT)
                                .activation(Activation.SOFTMAX)
                                .nIn(4)
                                .nOut(7)
                                .build(),
                        "lstm")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }

    /** The character models of DL4J's examples. */
    @Test
    void aGraphWithoutInputTypesIsExported() {
        Contract.of(characters()).holdsForSeveralSeeds();
    }

    /** Saved by DL4J 1.0.0-beta7 or before, as part of its own test resources. */
    @Test
    void anOldLstmIsExported() throws Exception {
        Path file = folder.resolve("old_lstm.zip");
        try (InputStream in = NullFormatTest.class.getResourceAsStream("/cases/networks/old_lstm.zip")) {
            Files.copy(in, file);
        }
        MultiLayerNetwork network = (MultiLayerNetwork) Dl4jZip.read(file);
        try (OnnxModel model =
                OnnxModel.open(OnnxExporter.of(network).export().file().toBytes(), "old_lstm", Device.cpu())) {
            Random random = new Random(1);
            float[] values = new float[3 * 5];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            INDArray expected = network.output(Nd4j.create(values, new long[] {3, 1, 5}, 'c'));
            Tensor actual =
                    model.run(Map.of("input", Tensor.of(values, 3, 1, 5))).get("output");
            assertArrayEquals(expected.dup('c').data().asFloat(), actual.floats(), 1e-5f);
        }
    }

    @TestFactory
    Stream<DynamicTest> aLayoutThatIsNotSetIsWhatDl4jTakesItFor() {
        long[] image = {4, 6, 8};
        return Stream.of(
                        image(new ConvolutionLayer.Builder(2, 3).nOut(3).build(), image),
                        image(new Deconvolution2D.Builder(2, 3).nOut(3).build(), image),
                        image(
                                new DepthwiseConvolution2D.Builder(2, 3)
                                        .depthMultiplier(2)
                                        .build(),
                                image),
                        image(new SeparableConvolution2D.Builder(2, 3).nOut(3).build(), image),
                        image(new SubsamplingLayer.Builder().kernelSize(2, 3).build(), image),
                        image(new Upsampling2D.Builder(2).build(), image),
                        image(new ZeroPaddingLayer.Builder(1, 2).build(), image),
                        image(new Cropping2D.Builder(1, 2).build(), image),
                        image(new SpaceToDepthLayer.Builder(2).build(), image),
                        image(new SpaceToBatchLayer.Builder().blocks(2, 2).build(), image),
                        image(new LocalResponseNormalization.Builder().build(), image),
                        image(
                                new LocallyConnected2D.Builder()
                                        .kernelSize(2, 2)
                                        .setInputSize(6, 8)
                                        .nOut(3)
                                        .build(),
                                image),
                        image(new BatchNormalization.Builder().build(), image),
                        image(
                                new CnnLossLayer.Builder()
                                        .activation(Activation.SOFTMAX)
                                        .build(),
                                image),
                        image(new GlobalPoolingLayer.Builder().build(), image),
                        chain(SEQUENCE, steps(), new LSTM.Builder().nOut(3).build()),
                        chain(SEQUENCE, steps(), new SimpleRnn.Builder().nOut(3).build()),
                        chain(
                                SEQUENCE,
                                steps(),
                                new GravesLSTM.Builder().nOut(3).build()),
                        chain(
                                SEQUENCE,
                                steps(),
                                new Bidirectional(new LSTM.Builder().nOut(3).build())),
                        chain(
                                SEQUENCE,
                                steps(),
                                new LastTimeStep(new LSTM.Builder().nOut(3).build())),
                        chain(
                                SEQUENCE,
                                steps(),
                                new TimeDistributed(
                                        new DenseLayer.Builder().nOut(3).build())),
                        chain(
                                SEQUENCE,
                                steps(),
                                new Convolution1DLayer.Builder(2).nOut(3).build()),
                        chain(
                                SEQUENCE,
                                steps(),
                                new Subsampling1DLayer.Builder().kernelSize(2).build()),
                        chain(
                                SEQUENCE,
                                steps(),
                                new RnnLossLayer.Builder()
                                        .activation(Activation.SOFTMAX)
                                        .build()),
                        chain(
                                SEQUENCE,
                                steps(),
                                new RnnOutputLayer.Builder()
                                        .nOut(3)
                                        .activation(Activation.SOFTMAX)
                                        .build()),
                        chain(
                                SEQUENCE,
                                steps(),
                                new DenseLayer.Builder().nOut(3).build(),
                                new LSTM.Builder().nOut(2).build()),
                        chain(
                                InputType.feedForward(4),
                                List.of(Dimension.BATCH, Dimension.of(4)),
                                new RepeatVector.Builder(3).build()),
                        chain(
                                VOLUME,
                                Dimension.batchOf(2, 5, 6, 7),
                                new Convolution3D.Builder(2, 2, 2).nOut(3).build()),
                        chain(
                                VOLUME,
                                Dimension.batchOf(2, 5, 6, 7),
                                new Deconvolution3D.Builder()
                                        .kernelSize(2, 2, 2)
                                        .nOut(3)
                                        .build()),
                        chain(
                                VOLUME,
                                Dimension.batchOf(2, 5, 6, 7),
                                new Subsampling3DLayer.Builder()
                                        .kernelSize(2, 2, 2)
                                        .build()),
                        chain(VOLUME, Dimension.batchOf(2, 5, 6, 7), new Upsampling3D.Builder(2).build()),
                        chain(
                                VOLUME,
                                Dimension.batchOf(2, 5, 6, 7),
                                new Cnn3DLossLayer.Builder(Convolution3D.DataFormat.NCDHW)
                                        .activation(Activation.SOFTMAX)
                                        .build()),
                        chain(
                                IMAGE,
                                Dimension.batchOf(image),
                                new OutputLayer.Builder().nOut(3).build()),
                        chain(
                                InputType.recurrent(9),
                                List.of(Dimension.BATCH, TIME),
                                new EmbeddingSequenceLayer.Builder()
                                        .nIn(9)
                                        .nOut(3)
                                        .build()))
                .flatMap(tests -> tests);
    }

    private static List<Dimension> steps() {
        return List.of(Dimension.BATCH, Dimension.of(4), TIME);
    }

    private static Stream<DynamicTest> image(Layer layer, long... shape) {
        return chain(IMAGE, Dimension.batchOf(shape), layer);
    }

    /** A test for each layout of the chain, in which that one is null. */
    private static Stream<DynamicTest> chain(InputType type, List<Dimension> shape, Layer... layers) {
        List<DynamicTest> tests = new ArrayList<>();
        MultiLayerConfiguration usual = Networks.chain(type, layers).getLayerWiseConfigurations();
        for (int i = 0; i < layouts(usual).size(); i++) {
            MultiLayerConfiguration configuration = usual.clone();
            Setting setting = layouts(configuration).get(i);
            String name = setting.owner().getClass().getSimpleName() + "."
                    + setting.field().getName();
            tests.add(DynamicTest.dynamicTest(name, () -> {
                setting.field().set(setting.owner(), null);
                int exported = 0;
                for (List<Dimension> layout : List.of(shape, channelsLast(shape))) {
                    MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
                    if (runs(network, layout)) {
                        Contract contract = Contract.of(network).input(layout.toArray(new Dimension[0]));
                        if (layers[0] instanceof EmbeddingSequenceLayer) {
                            contract.numbersBelow(9);
                        }
                        contract.holdsFor(3);
                        exported++;
                    }
                }
                assertEquals(FAIL_IN_DL4J.contains(name), exported == 0, "whether DL4J runs a layout");
            }));
        }
        return tests.stream();
    }

    private static List<Dimension> channelsLast(List<Dimension> shape) {
        List<Dimension> last = new ArrayList<>(shape);
        last.add(last.remove(1));
        return last;
    }

    private static boolean runs(MultiLayerNetwork network, List<Dimension> shape) {
        long[] sizes = shape.stream()
                .mapToLong(
                        dim -> dim instanceof Dimension.FixedDimension fixed ? fixed.size() : dim.equals(TIME) ? 7 : 2)
                .toArray();
        try {
            network.init();
            network.output(Nd4j.zeros(sizes), false);
            return true;
        } catch (RuntimeException e) {
            return false; // nothing to compare with
        }
    }

    private record Setting(Object owner, Field field) {}

    private static List<Setting> layouts(MultiLayerConfiguration configuration) {
        List<Setting> found = new ArrayList<>();
        for (int i = 0; i < configuration.getConfs().size(); i++) {
            layouts(configuration.getConf(i).getLayer(), found);
            InputPreProcessor before = configuration.getInputPreProcess(i);
            if (before != null) {
                layouts(before, found);
            }
        }
        return found;
    }

    private static void layouts(Object owner, List<Setting> found) {
        for (Class<?> type = owner.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    try {
                        if (DataFormat.class.isAssignableFrom(field.getType())
                                || field.getType().isEnum() && field.getName().endsWith("ataFormat")) {
                            found.add(new Setting(owner, field));
                        } else if (Layer.class.isAssignableFrom(field.getType()) && field.get(owner) != null) {
                            layouts(field.get(owner), found);
                        }
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        }
    }
}
