package dev.jzoo.export.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
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
 * Tests a layout that is not set, as in networks without {@code setInputTypes} and networks saved by releases without
 * such a setting. DL4J's meaning of null differs from layer to layer.
 */
@SuppressWarnings({"deprecation", "rawtypes", "unchecked"
}) // saved networks have the deprecated layers; builders are raw
class NullFormatTest {

    /** Settings with which DL4J fails on every input, so that nothing can be compared. */
    private static final Set<String> FAIL_IN_DL4J = Set.of(
            "BatchNormalization.cnn2DFormat",
            "Cnn3DLossLayer.dataFormat",
            "DepthwiseConvolution2D.cnn2dDataFormat",
            "Subsampling1DLayer.cnn2dDataFormat",
            "Yolo2OutputLayer.format");

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

    /** DL4J 1.0.0-beta7 or earlier saved the file, which is one of DL4J's own test resources. */
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
        return LayerCases.all().flatMap(NullFormatTest::layouts);
    }

    /** Returns a test for each layout of the chain, in which that layout is null. */
    private static Stream<DynamicTest> layouts(LayerCases.LayerCase network) {
        List<DynamicTest> tests = new ArrayList<>();
        List<Dimension> shape = network.shape();
        MultiLayerConfiguration usual = Networks.chain(
                        network.type(), network.layers().toArray(new Layer[0]))
                .getLayerWiseConfigurations();
        for (int i = 0; i < layouts(usual).size(); i++) {
            MultiLayerConfiguration configuration = usual.clone();
            Setting setting = layouts(configuration).get(i);
            String name = setting.owner().getClass().getSimpleName() + "."
                    + setting.field().getName();
            tests.add(DynamicTest.dynamicTest(name, () -> {
                setting.field().set(setting.owner(), null);
                int exported = 0;
                for (List<Dimension> layout : List.of(shape, channelsLast(shape))) {
                    MultiLayerNetwork changed = new MultiLayerNetwork(configuration.clone());
                    if (runs(changed, layout)) {
                        Contract contract = Contract.of(changed).input(layout.toArray(new Dimension[0]));
                        if (network.hasIds()) {
                            contract.numbersBelow(LayerCases.VOCABULARY);
                        }
                        contract.holdsFor(3);
                        exported++;
                    }
                }
                assertTrue(exported > 0 || FAIL_IN_DL4J.contains(name), "DL4J runs neither layout");
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
                .mapToLong(dim -> dim instanceof Dimension.FixedDimension fixed
                        ? fixed.size()
                        : dim.equals(LayerCases.TIME) ? 7 : 2)
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
