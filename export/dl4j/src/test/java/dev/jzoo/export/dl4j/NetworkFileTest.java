package dev.jzoo.export.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.InputDeclaration;
import dev.jzoo.export.InputValues;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.DataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NetworkFileTest {

    @TempDir
    Path folder;

    private Path zip(String name) throws Exception {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(new OutputLayer.Builder().nIn(4).nOut(3).build())
                .build());
        network.init();
        Path file = folder.resolve(name);
        ModelSerializer.writeModel(network, file.toFile(), false);
        return file;
    }

    @Test
    void theBytesTellAZipWhateverItsName() throws Exception {
        OnnxFile file = NetworkFile.exporter(zip("network.h5")).export().file();
        assertEquals(4 * 3 + 3, file.graph().parameters());
    }

    @Test
    void inputsThatAreGivenReplaceThoseOfTheFile() throws Exception {
        List<InputDeclaration> inputs = List.of(new InputDeclaration(
                new ValueInfo("flowers", DataType.FLOAT, List.of(Dimension.of("rows"), Dimension.of(4))),
                InputValues.unknown()));
        OnnxFile file =
                NetworkFile.exporter(zip("network.zip"), inputs).export().file();
        assertEquals("flowers", file.graph().inputs().get(0).name());
        assertEquals(
                List.of(Dimension.of("rows"), Dimension.of(4)),
                file.graph().inputs().get(0).shape());
        OnnxFile usual =
                NetworkFile.exporter(zip("network.zip"), List.of()).export().file();
        assertNotEquals("flowers", usual.graph().inputs().get(0).name());
    }

    @Test
    @DisabledOnOs(
            value = OS.MAC,
            architectures = "aarch64",
            disabledReason = "DL4J's version of HDF5 has no natives for it")
    void theBytesTellAKerasModelWhateverItsName() throws Exception {
        Path keras = Path.of(Objects.requireNonNull(NetworkFileTest.class.getResource("/keras/images.h5"))
                .toURI());
        Path renamed = Files.copy(keras, folder.resolve("images.zip"));
        OnnxFile file = NetworkFile.exporter(renamed).export().file();
        // Images of 5 x 4 with two channels, as Keras stores them.
        assertEquals(
                List.of(Dimension.of(5), Dimension.of(4), Dimension.of(2)),
                file.graph().inputs().get(0).shape().subList(1, 4));
    }

    @Test
    void anythingElseIsRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("network.zip"), "Dear Sir or Madam");
        DataFormatException e = assertThrows(DataFormatException.class, () -> NetworkFile.exporter(text));
        assertTrue(e.getMessage().startsWith(text.toString()), e.getMessage());
    }
}
