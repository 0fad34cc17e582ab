package dev.jzoo.export.dl4j.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.dl4j.keras.emission.ModelEmission;
import dev.jzoo.export.dl4j.keras.model.KerasModel;
import dev.jzoo.export.dl4j.keras.model.LayerRules;
import dev.jzoo.export.dl4j.keras.model.RandomModels;
import dev.jzoo.export.dl4j.keras.model.RandomModels.LayerSpec;
import dev.jzoo.export.dl4j.keras.reference.ReferenceModel;
import dev.jzoo.export.testing.Coverage;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.modelimport.keras.config.Keras2LayerConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares every class of layers that the rules accept, at random sizes and with each value of each setting that has a
 * fixed set of values: the exported file with the reference, which {@link KerasLayersTest} compares with Keras.
 */
class KerasContractTest {

    /** Classes that DL4J's import knows but that are refused, with the reason for the page. */
    private static final Map<String, String> REFUSED = Map.of(
            "AtrousConvolution1D", "Keras 1 only",
            "AtrousConvolution2D", "Keras 1 only",
            "Dot", "not supported",
            "Lambda", "contains Python code",
            "Merge", "Keras 1 only",
            "TimeDistributedDense", "Keras 1 only");

    private static final int FEWEST_EXPORTS = 6;

    private static final Set<String> MERGES =
            Set.of("Add", "Average", "Concatenate", "Maximum", "Minimum", "Multiply", "Subtract");

    static List<String> classes() {
        return List.copyOf(LayerRules.classNames());
    }

    private static KerasModel model(LayerSpec spec, Random random) throws IOException {
        return MERGES.contains(spec.className()) ? merging(spec) : RandomModels.of(spec, random);
    }

    /** Returns a model with two inputs of the same shape, and the layer. */
    private static KerasModel merging(LayerSpec spec) throws IOException {
        List<String> layers = new ArrayList<>();
        List<String> reads = new ArrayList<>();
        List<String> inputs = new ArrayList<>();
        StringBuilder shape = new StringBuilder("[null");
        for (int size : spec.input()) {
            shape.append(", ").append(size);
        }
        shape.append("]");
        for (String name : List.of("a", "b")) {
            layers.add("{\"class_name\": \"InputLayer\", \"name\": \"" + name + "\", \"inbound_nodes\": [], \"config\":"
                    + " {\"name\": \"" + name + "\", \"batch_input_shape\": " + shape + "}}");
            reads.add("[\"" + name + "\", 0, 0, {}]");
            inputs.add("[\"" + name + "\", 0, 0]");
        }
        layers.add(spec.json().replaceFirst("\\{", "{\"name\": \"layer\", \"inbound_nodes\": [" + reads + "], "));
        return RandomModels.read("{\"class_name\": \"Functional\", \"config\": {\"name\": \"model\", \"layers\": "
                + layers + ", \"input_layers\": " + inputs + ", \"output_layers\": [[\"layer\", 0, 0]]}}");
    }

    private static void requireAgreement(String className, KerasModel model, String said) throws IOException {
        try {
            OnnxExporter.Exported exported = OnnxExporter.of(model).export();
            assertTrue(exported.report().parity().agrees(), said);
            Coverage.note("Keras", className, exported.file());
        } catch (RuntimeException e) {
            throw new AssertionError(said, e);
        }
    }

    @ParameterizedTest
    @MethodSource("classes")
    void layerAgreesWithTheReferenceAtRandomSizes(String className) throws IOException {
        int exports = 0;
        for (long seed = 1; exports < FEWEST_EXPORTS; seed++) {
            Random random = new Random(seed * 31 + className.hashCode());
            for (Map<String, String> chosen : RandomModels.combinations(className, random)) {
                LayerSpec spec = LayerSpecs.of(className, chosen, random);
                requireAgreement(
                        className,
                        model(spec, random),
                        "seed " + seed + ": " + spec.json() + " on " + Arrays.toString(spec.input()));
                exports++;
            }
        }
        String settings = RandomModels.acceptedSettings(className);
        Coverage.limit(
                "Keras", className, settings.isEmpty() ? "no settings that act at inference" : "settings: " + settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LSTM", "GRU", "SimpleRNN", "Bidirectional", "GlobalAveragePooling1D"})
    void maskedSequencesAgreeWithTheReferenceAtRandomSizes(String className) throws IOException {
        Random random = new Random(className.hashCode());
        for (Map<String, String> chosen : RandomModels.combinations(className, random)) {
            chosen.computeIfPresent("data_format", (key, layout) -> "\"channels_last\"");
            LayerSpec spec = LayerSpecs.of(className, chosen, random);
            String json = RandomModels.sequential(
                    spec.input(),
                    "{\"class_name\": \"Masking\", \"config\": {\"name\": \"masking\", \"mask_value\": 0.5}}",
                    spec.json());
            KerasModel model = RandomModels.read(json);
            RandomModels.fill(model, spec.weights(), random);
            requireAgreement(className, model, json);
        }
    }

    @Test
    void everyAcceptedClassHasAnEmitterAndAReference() {
        Set<String> computed = new TreeSet<>(LayerRules.classNames());
        computed.remove("InputLayer");
        assertEquals(computed, new TreeSet<>(ModelEmission.classNames()));
        assertEquals(computed, new TreeSet<>(ReferenceModel.classNames()));
    }

    @Test
    void everyClassThatDl4jImportsIsAcceptedOrRefusedByName() throws Exception {
        Set<String> neither = new TreeSet<>(dl4jClasses());
        neither.removeAll(LayerRules.classNames());
        assertEquals(new TreeSet<>(REFUSED.keySet()), neither);
        for (String className : neither) {
            String json = RandomModels.sequential(
                    new int[] {3, 4}, "{\"class_name\": \"" + className + "\", \"config\": {\"name\": \"layer\"}}");
            var failure = assertThrows(UnsupportedNetworkException.class, () -> RandomModels.read(json));
            assertEquals(List.of("layer (" + className + "): layers of this class are not supported"), failure.parts());
            Coverage.limit("Keras", className, REFUSED.get(className));
        }
    }

    /**
     * Returns Keras 2's names of the classes in DL4J's import, without the functions of Keras 1, whose names are in
     * lower case.
     */
    private static Set<String> dl4jClasses() throws IllegalAccessException {
        Object names = new Keras2LayerConfiguration();
        Set<String> classes = new TreeSet<>();
        for (Class<?> type = names.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().startsWith("LAYER_CLASS_NAME")) {
                    field.setAccessible(true);
                    classes.add((String) field.get(names));
                }
            }
        }
        classes.removeIf(name -> name.isEmpty() || Character.isLowerCase(name.charAt(0)));
        return classes;
    }
}
