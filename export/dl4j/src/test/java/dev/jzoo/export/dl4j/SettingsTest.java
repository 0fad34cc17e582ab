package dev.jzoo.export.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.dl4j.layers.EmitterTable;
import dev.jzoo.onnx.DataType;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sets each setting of each layer, by reflection, to other values. The file must compute the same as DL4J, or the
 * setting must be refused. Settings are varied by their type, without a list; the lists contain the exceptions, with
 * reasons.
 */
class SettingsTest {

    /** Types of settings that act in training, or before there are weights. */
    private static final Map<String, String> NOT_IN_INFERENCE = Map.ofEntries(
            Map.entry("IUpdater", "learning rate and optimiser"),
            Map.entry("IDropout", "dropout of training"),
            Map.entry("IWeightNoise", "noise of training"),
            Map.entry("IWeightInit", "how weights begin"),
            Map.entry("WeightInit", "how weights begin"),
            Map.entry("ILossFunction", "what training minimises"),
            Map.entry("GradientNormalization", "gradients"),
            Map.entry("ReconstructionDistribution", "what a variational autoencoder decodes to"),
            Map.entry("String", "names"),
            Map.entry("Set", "names of parameters"),
            Map.entry("Initializer", "how weights begin"),
            Map.entry("SDLayerParams", "names and shapes of parameters, which are read themselves"),
            Map.entry("DataType", "type of the parameters: PrecisionTest"),
            Map.entry("Map", "how weights begin"),
            Map.entry("INDArray", "prior boxes, which are a weight of the file"),
            Map.entry("long[]", "a shape, that of the parameters too"),
            Map.entry("List", "regularisation and constraints of training"));

    /** Settings that are shapes, which the parameters determine, and other settings that are not varied. */
    private static final Map<String, String> NOT_SET = Map.ofEntries(
            Map.entry(
                    "FeedForwardLayer.timeDistributedFormat",
                    "what preprocessors DL4J adds when a network is configured"),
            Map.entry("FeedForwardLayer.nIn", "a shape"),
            Map.entry("FeedForwardLayer.nOut", "a shape"),
            Map.entry("SelfAttentionLayer.nIn", "a shape"),
            Map.entry("SelfAttentionLayer.nOut", "a shape"),
            Map.entry("SelfAttentionLayer.headSize", "a shape"),
            Map.entry("SelfAttentionLayer.nHeads", "a shape"),
            Map.entry("LocallyConnected1D.nIn", "a shape"),
            Map.entry("LocallyConnected1D.nOut", "a shape"),
            Map.entry("LocallyConnected1D.featureDim", "a shape"),
            Map.entry("LocallyConnected1D.inputSize", "a shape"),
            Map.entry("LocallyConnected1D.outputSize", "a shape"),
            Map.entry("LocallyConnected2D.nIn", "a shape"),
            Map.entry("LocallyConnected2D.nOut", "a shape"),
            Map.entry("LocallyConnected2D.featureDim", "a shape"),
            Map.entry("LocallyConnected2D.inputSize", "a shape"),
            Map.entry("LocallyConnected2D.outputSize", "a shape"),
            Map.entry("CapsuleLayer.inputCapsules", "a shape"),
            Map.entry("CapsuleLayer.inputCapsuleDimensions", "a shape"),
            Map.entry("CapsuleLayer.capsules", "a shape"),
            Map.entry("CapsuleLayer.capsuleDimensions", "a shape"),
            Map.entry("PrimaryCapsules.inputChannels", "a shape"),
            Map.entry("PrimaryCapsules.channels", "a shape"),
            Map.entry("PrimaryCapsules.capsules", "a shape"),
            Map.entry("PrimaryCapsules.capsuleDimensions", "a shape"));

    /** Classes without their own settings, which no builder creates. */
    private static final Set<String> ALIASES = Set.of("Convolution1D", "Convolution2D", "Pooling1D", "Pooling2D");

    private record Setting(Object owner, Field field) {

        String name() {
            return field.getDeclaringClass().getSimpleName() + "." + field.getName();
        }

        boolean isSet() {
            return !NOT_SET.containsKey(name()) && !others(this).isEmpty();
        }
    }

    private static List<Setting> settings(Object owner) {
        List<Setting> found = new ArrayList<>();
        for (Class<?> type = owner.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                    field.setAccessible(true);
                    Setting setting = new Setting(owner, field);
                    Object value = value(setting);
                    if (value instanceof Layer inner) {
                        found.addAll(settings(inner));
                    } else {
                        found.add(setting);
                    }
                }
            }
        }
        return found;
    }

    private static Object value(Setting setting) {
        try {
            return setting.field.get(setting.owner);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns other values of the setting's type; none for a type that does not act in inference. */
    private static List<Object> others(Setting setting) {
        Class<?> type = setting.field.getType();
        Object value = value(setting);
        if (type == GradientNormalization.class || NOT_IN_INFERENCE.containsKey(type.getSimpleName())) {
            return List.of();
        } else if (type == boolean.class || type == Boolean.class) {
            return List.of(value == null || !(Boolean) value);
        } else if (type == int.class || type == Integer.class) {
            return List.of(value == null ? 1 : (Integer) value + 1);
        } else if (type == long.class || type == Long.class) {
            return List.of(value == null ? 1L : (Long) value + 1);
        } else if (type == double.class || type == Double.class) {
            return List.of(value == null ? 0.5 : (Double) value + 0.5);
        } else if (value instanceof int[] sizes) {
            List<Object> changed = new ArrayList<>();
            for (int i = 0; i < sizes.length; i++) {
                int[] other = sizes.clone();
                other[i]++;
                changed.add(other);
            }
            return changed;
        } else if (value instanceof int[][] pairs) {
            int[][] other = Arrays.stream(pairs).map(int[]::clone).toArray(int[][]::new);
            other[0][1] += 2;
            return List.of((Object) other);
        } else if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> constant != value)
                    .map(constant -> (Object) constant)
                    .toList();
        } else if (IActivation.class.isAssignableFrom(type)) {
            return List.of(new ActivationSoftSign(), new ActivationSigmoid());
        }
        return List.of();
    }

    private static MultiLayerConfiguration configuration(LayerCases.LayerCase network) {
        return Networks.chain(network.type(), network.layers().toArray(new Layer[0]))
                .getLayerWiseConfigurations();
    }

    private static List<Setting> settings(MultiLayerConfiguration configuration) {
        return configuration.getConfs().stream()
                .flatMap(layer -> settings(layer.getLayer()).stream())
                .toList();
    }

    /** Fails for a setting of an unknown type, in this version of DL4J or the next. */
    @Test
    void everySettingIsSetOrAccountedFor() {
        Map<String, String> unknown = new TreeMap<>();
        Set<String> set = new TreeSet<>();
        LayerCases.all().forEach(network -> settings(configuration(network)).forEach(setting -> {
            String type = setting.field().getType().getSimpleName();
            if (setting.isSet()) {
                set.add(setting.name());
            } else if (!NOT_IN_INFERENCE.containsKey(type)
                    && !NOT_SET.containsKey(setting.name())
                    && value(setting) != null) {
                unknown.put(setting.name(), type);
            }
        }));
        assertEquals(Map.of(), unknown);
        assertTrue(set.size() > 100, set.size() + " settings");
    }

    @Test
    void everyLayerThatIsExportedHasACase() {
        Set<Class<?>> covered = LayerCases.all()
                .flatMap(network -> network.layers().stream())
                .map(Object::getClass)
                .collect(Collectors.toSet());
        Set<String> missing = EmitterTable.load().configurations().stream()
                .filter(Layer.class::isAssignableFrom)
                .filter(type -> type.getName().startsWith("org.deeplearning4j."))
                .filter(type -> !covered.contains(type))
                .filter(type -> !ALIASES.contains(type.getSimpleName()))
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), missing);
    }

    /** Tests every twelfth layer, because all of them take minutes. */
    @TestFactory
    Stream<DynamicTest> someSettingsWhateverIsSet() {
        List<DynamicTest> all = whateverIsSetTheFileComputesWhatDl4jComputes().toList();
        return IntStream.range(0, all.size()).filter(i -> i % 12 == 7).mapToObj(all::get);
    }

    @Tag("acceptance")
    @TestFactory
    Stream<DynamicTest> whateverIsSetTheFileComputesWhatDl4jComputes() {
        return LayerCases.all().flatMap(network -> {
            List<DynamicTest> tests = new ArrayList<>();
            String layers = network.layers().stream()
                    .map(layer -> layer.getClass().getSimpleName())
                    .collect(Collectors.joining(", "));
            List<Setting> settings = settings(configuration(network));
            for (int i = 0; i < settings.size(); i++) {
                Setting setting = settings.get(i);
                for (int k = 0; setting.isSet() && k < others(setting).size(); k++) {
                    int which = i;
                    int other = k;
                    tests.add(DynamicTest.dynamicTest(
                            layers + ": " + setting.name() + " " + k, () -> check(network, which, other)));
                }
            }
            return tests.stream();
        });
    }

    private static void check(LayerCases.LayerCase network, int which, int other) throws Exception {
        MultiLayerConfiguration changed = configuration(network).clone();
        Setting setting = settings(changed).get(which);
        setting.field().set(setting.owner(), others(setting).get(other));
        MultiLayerNetwork built = new MultiLayerNetwork(changed);
        if (!runs(built, network)) {
            return; // DL4J itself refuses the combination
        }
        OnnxExporter exporter = OnnxExporter.of(built).input("input", DataType.FLOAT, network.shape());
        try {
            assertTrue(exporter.export().report().parity().agrees());
        } catch (UnsupportedNetworkException e) {
            // Refused by name.
        } catch (JZooException e) {
            fail(setting.name() + " = " + setting.field().get(setting.owner()) + ": " + e.getMessage());
        }
    }

    private static boolean runs(MultiLayerNetwork network, LayerCases.LayerCase layers) throws IOException {
        try {
            network.init();
            Contract.randomise(network, 4);
            for (int batch : new int[] {1, 2}) {
                long[] sizes = layers.shape().stream()
                        .mapToLong(dim -> dim instanceof Dimension.FixedDimension fixed
                                ? fixed.size()
                                : dim.equals(LayerCases.TIME) ? 15 + batch : batch)
                        .toArray();
                Random random = new Random(6);
                float[] values = new float[(int) Nd4j.zeros(sizes).length()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = layers.hasIds() ? random.nextInt(LayerCases.VOCABULARY) : random.nextFloat() - 0.5f;
                }
                INDArray output = network.output(Nd4j.create(values, sizes, 'c'), false);
                if (!Double.isFinite(output.sumNumber().doubleValue())) {
                    return false;
                }
            }
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
