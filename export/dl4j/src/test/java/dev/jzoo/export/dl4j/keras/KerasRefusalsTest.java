package dev.jzoo.export.dl4j.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.dl4j.keras.model.KerasModel;
import dev.jzoo.export.dl4j.keras.model.RandomModels;
import dev.jzoo.onnx.DataType;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests settings and weights that must be refused by name, because they would be ignored otherwise. */
class KerasRefusalsTest {

    private static final String RECURRENT =
            "\"units\": 2, \"activation\": \"tanh\", \"recurrent_activation\": \"sigmoid\"";

    @TempDir
    private Path folder;

    private static String layer(String className, String settings) {
        return "{\"class_name\": \"" + className + "\", \"config\": {\"name\": \"a\", " + settings + "}}";
    }

    private static List<String> parts(String... layers) {
        return assertThrows(
                        UnsupportedNetworkException.class,
                        () -> RandomModels.read(RandomModels.sequential(new int[] {4, 3}, layers)))
                .parts();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "LSTM | \"stateful\": true | setting stateful is true; supported: false",
                "LSTM | \"return_state\": true | setting return_state is true; supported: false",
                "LSTM | \"time_major\": true | setting time_major is true; supported: false",
                "LSTM | \"peephole\": true | setting peephole = true is not supported",
                "GRU | \"stateful\": true | setting stateful is true; supported: false",
                "LSTM | \"dtype\": \"float16\" | setting dtype is \"float16\"; supported: \"float32\"",
            })
    void recurrentSettingIsRefusedByName(String className, String setting, String said) {
        assertEquals(List.of("a (" + className + "): " + said), parts(layer(className, RECURRENT + ", " + setting)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Dense | \"units\": 2, \"activation\": \"my_function\" | setting activation is"
                        + " \"my_function\"; supported: elu",
                "Dense | \"units\": 2, \"activation\": {\"class_name\": \"X\"} | setting activation is {\"class_name\":\"X\"}",
                "Dense | \"units\": 2, \"sparse_kernel\": 0.5 | setting sparse_kernel = 0.5 is not" + " supported",
                "Dense | \"use_bias\": true | setting units is missing",
                "Dense | \"units\": 2.5 | setting units is 2.5; expected integers of at least 1",
                "Embedding | \"input_dim\": 3, \"output_dim\": 2, \"sparse\": true | setting sparse is true",
                "BatchNormalization | \"axis\": [2], \"epsilon\": 0.1, \"renorm\": true | setting renorm is true",
                "BatchNormalization | \"axis\": [2], \"epsilon\": 0.1, \"virtual_batch_size\": 8 | setting virtual_batch_size is 8",
                "Bidirectional | \"merge_mode\": null, \"layer\": {\"class_name\": \"GRU\", \"config\": {}} | setting merge_mode is missing",
                "Conv2DTranspose | \"filters\": 1, \"kernel_size\": [2, 2], \"output_padding\": [1, 1] | setting output_padding is",
                "Conv2DTranspose | \"filters\": 1, \"kernel_size\": [2, 2], \"dilation_rate\": [2, 2] | setting dilation_rate is",
                "LocallyConnected1D | \"filters\": 1, \"kernel_size\": [2], \"implementation\": 2 | setting implementation is 2",
                "UpSampling2D | \"size\": [2, 2], \"interpolation\": \"bicubic\" | setting interpolation is \"bicubic\"",
                "Lambda | \"function\": [\"4wEAAAA=\", null, null] | layers of this class are not supported",
            })
    void settingIsRefusedByName(String className, String settings, String said) {
        List<String> parts = parts(layer(className, settings));
        assertTrue(parts.stream().anyMatch(part -> part.startsWith("a (" + className + "): " + said)), parts::toString);
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        List<String> parts = parts(
                layer("Lambda", "\"x\": 1"),
                layer("Dense", "\"units\": 2, \"new\": 1"),
                "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"below\", \"layers\": ["
                        + layer("Dot", "\"axes\": 1") + "]}}");
        assertEquals(
                List.of(
                        "a (Lambda): layers of this class are not supported",
                        "a (Dense): setting new = 1 is not supported",
                        "below/a (Dot): layers of this class are not supported"),
                parts);
    }

    private static String exportRefused(KerasModel model) {
        return assertThrows(UnsupportedNetworkException.class, () -> OnnxExporter.of(model)
                        .report())
                .parts()
                .get(0);
    }

    private static KerasModel functional(String... layers) throws IOException {
        return RandomModels.read("{\"class_name\": \"Functional\", \"config\": {\"name\": \"m\", \"layers\": ["
                + "{\"class_name\": \"InputLayer\", \"name\": \"x\", \"inbound_nodes\": [], \"config\": {\"name\": \"x\","
                + " \"batch_input_shape\": [null, 4, 3]}}, " + String.join(", ", layers)
                + "], \"input_layers\": [[\"x\", 0, 0]], \"output_layers\": [[\"last\", 0, 0]]}}");
    }

    private static String node(String className, String name, String settings, String reads) {
        return "{\"class_name\": \"" + className + "\", \"name\": \"" + name + "\", \"config\": {\"name\": \"" + name
                + "\"" + settings + "}, \"inbound_nodes\": [" + reads + "]}";
    }

    @Test
    void mergeOfDifferentMasksIsRefused() throws Exception {
        for (String merge : List.of("Add", "Concatenate")) {
            KerasModel model = functional(
                    node("Masking", "m", ", \"mask_value\": 0.0", "[[\"x\", 0, 0, {}]]"),
                    node(
                            merge,
                            "last",
                            merge.equals("Add") ? "" : ", \"axis\": -1",
                            "[[\"m\", 0, 0, {}], [\"x\", 0, 0, {}]]"));
            assertEquals(
                    "last (" + merge
                            + "): inputs with different masks are not supported, because Keras's result depends on its"
                            + " version",
                    exportRefused(model));
        }
    }

    @Test
    void softmaxOfAMaskedSequenceIsRefused() throws Exception {
        KerasModel model = functional(
                node("Masking", "m", ", \"mask_value\": 0.0", "[[\"x\", 0, 0, {}]]"),
                node("Softmax", "last", ", \"axis\": -1", "[[\"m\", 0, 0, {}]]"));
        assertTrue(exportRefused(model).startsWith("last (Softmax): a softmax of a masked sequence is not supported"));
    }

    @Test
    void callInTrainingModeIsRefused() {
        var failure = assertThrows(
                UnsupportedNetworkException.class,
                () -> functional(node("Dropout", "last", ", \"rate\": 0.5", "[[\"x\", 0, 0, {\"training\": true}]]")));
        assertEquals(List.of("last (Dropout): called with the argument training = true"), failure.parts());
    }

    @Test
    void paddingThatDependsOnAnOpenSizeIsRefused() throws Exception {
        KerasModel model = RandomModels.read(RandomModels.sequential(
                new int[] {-1, 3},
                layer("MaxPooling1D", "\"pool_size\": [2], \"strides\": [3], \"padding\": \"same\"")));
        assertTrue(
                exportRefused(model).startsWith("a (MaxPooling1D): padding same with strides larger than the window"));
    }

    @Test
    void modelThatFitsSomeSizesOnlyIsRefusedNamingTheSize() throws Exception {
        KerasModel model = RandomModels.read(
                RandomModels.sequential(new int[] {-1, 3}, layer("Reshape", "\"target_shape\": [4, 5]")));
        String said = exportRefused(model);
        assertTrue(said.startsWith("the Keras model fails on inputs of the shape [2, 21, 3]"), said);
    }

    @Test
    void weightOfAnotherShapeIsRefused() throws Exception {
        KerasModel model = RandomModels.of(
                new RandomModels.LayerSpec(
                        "Dense", "\"units\": 2", new int[] {3}, Map.of("kernel", new int[] {2, 3}, "bias", new int[] {2
                        })),
                new Random(1));
        assertEquals(
                "layer (Dense): expected the kernel to have the shape [3, 2] for its settings and input, found"
                        + " layer/kernel:0 [2, 3]",
                exportRefused(model));
    }

    /** A copy of a file in which a text stands for another of the same length. */
    private Path changed(String name, String text, String other) throws IOException, URISyntaxException {
        Path file = Path.of(Objects.requireNonNull(KerasRefusalsTest.class.getResource("/keras/" + name))
                .toURI());
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertTrue(content.contains(text) && text.length() == other.length(), text);
        return Files.writeString(folder.resolve(name), content.replace(text, other), StandardCharsets.ISO_8859_1);
    }

    private static String unreadable(Path file) {
        return assertThrows(DataFormatException.class, () -> KerasFile.network(file))
                .getMessage();
    }

    @Test
    void weightThatTheSettingsDoNotAskForIsRefused() throws Exception {
        String said = unreadable(changed("images.h5", "\"scale\": true", "\"scale\":false"));
        assertTrue(
                said.contains("expected 3 arrays [beta, moving_mean, moving_variance] for the settings of"
                        + " batch_normalization (BatchNormalization), found 4 arrays [batch_normalization/gamma:0,"),
                said);
        assertTrue(
                said.endsWith("The file's settings and weights do not belong together. Save the model again with"
                        + " model.save(\"model.h5\")"),
                said);
    }

    @Test
    void weightOfAnotherRoleIsRefused() throws Exception {
        String said = unreadable(changed("words.h5", "recurrent_kernel", "recurrent_karnel"));
        assertTrue(said.contains("expected the recurrent_kernel of lstm (LSTM), found"), said);
    }

    @Test
    void weightsWithoutALayerAreRefused() throws Exception {
        String said = unreadable(changed("branches.h5", "\"left\"", "\"loft\""));
        assertTrue(
                said.contains("expected a group model_weights/loft in the HDF5 file, found none. The file's settings"
                        + " and weights"),
                said);
    }

    @Test
    void fileOfKeras1IsRefusedWithWhatToDo() throws Exception {
        String said = unreadable(changed("branches.h5", "2.11.0", "1.11.0"));
        assertTrue(
                said.contains("expected a model of Keras 2, found a model of Keras 1.11.0. Load it with Keras 2"),
                said);
    }

    @Test
    void declaredInputOfAnotherShapeIsRefused() throws Exception {
        KerasModel model =
                RandomModels.read(RandomModels.sequential(new int[] {4, 3}, layer("Flatten", "\"trainable\": true")));
        OnnxExporter exporter = OnnxExporter.of(model).input("x", DataType.FLOAT, Dimension.batchOf(5, 3));
        var failure = assertThrows(IllegalArgumentException.class, exporter::report);
        assertEquals(
                "The declared input 'x' does not fit the Keras model: it was declared as [batch, 5, 3],"
                        + " but the model has [-1, 4, 3], where -1 is any size.",
                failure.getMessage());
    }
}
