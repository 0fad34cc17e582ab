package dev.jzoo.export.dl4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.onnx.DataType;
import dev.jzoo.zoo.DataFormatException;
import dev.jzoo.zoo.JZooException;
import dev.jzoo.zoo.JZooException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.modelimport.keras.Hdf5Archive;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;

/**
 * Keras 1 and 2 models in HDF5, {@code model.save("model.h5")}, through DL4J's own import. Needs
 * {@code org.deeplearning4j:deeplearning4j-modelimport} and {@code org.bytedeco:hdf5} with the natives of the platform on the
 * classpath.
 *
 * <pre>{@code
 * KerasFile.exporter(Path.of("model.h5")).write(Path.of("model.onnx"));
 * }</pre>
 */
public final class KerasFile {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    private final Object network;
    private final JsonNode configuration;

    private KerasFile(Object network, JsonNode configuration) {
        this.network = network;
        this.configuration = configuration;
    }

    /**
     * Reads a network: a {@code MultiLayerNetwork} of a sequential model, a {@code ComputationGraph} of any other.
     *
     * @throws DataFormatException if the file is no HDF5 file or holds no Keras model
     * @throws UnsupportedNetworkException if DL4J does not know a layer or a setting of it
     */
    public static Object network(Path h5) throws IOException {
        return read(h5).network;
    }

    /**
     * Begins the export of a file, with inputs as the file declares them: DL4J's network alone often cannot tell the size of
     * its images.
     *
     * @throws DataFormatException if the file is no HDF5 file or holds no Keras model
     * @throws UnsupportedNetworkException if DL4J does not know a layer or a setting of it
     */
    public static OnnxExporter exporter(Path h5) throws IOException {
        KerasFile file = read(h5);
        OnnxExporter exporter = OnnxExporter.of(file.network);
        new KerasInputs(file.configuration)
                .all()
                .forEach(input -> exporter.input(input.name(), DataType.FLOAT, input.shape()));
        return exporter;
    }

    private static KerasFile read(Path h5) throws IOException {
        requireSignature(h5);
        try {
            JsonNode configuration = configuration(h5);
            String name = h5.toString();
            boolean sequential = configuration.path("class_name").asText().equals("Sequential");
            return new KerasFile(
                    sequential
                            ? KerasModelImport.importKerasSequentialModelAndWeights(name, false)
                            : KerasModelImport.importKerasModelAndWeights(name, false),
                    configuration);
        } catch (UnsupportedKerasConfigurationException e) {
            throw new UnsupportedNetworkException(
                    List.of(h5 + ": " + e.getMessage()), "Replace the layer by those that DL4J imports from Keras.");
        } catch (InvalidKerasConfigurationException e) {
            throw new DataFormatException(h5, "not a Keras model that DL4J can read: " + e.getMessage());
        } catch (LinkageError e) {
            throw new JZooException(
                    Code.FAILED,
                    "Keras files cannot be read: a library is missing (" + e.getMessage() + ").",
                    "Add org.deeplearning4j:deeplearning4j-modelimport and org.bytedeco:hdf5, with the classifier of your"
                            + " platform, to the classpath.");
        }
    }

    /** HDF5 files begin so at byte 0, or at 512, 1024 and so on behind a block of the user's. */
    private static void requireSignature(Path h5) throws IOException {
        long size = Files.size(h5);
        for (long at = 0; at + SIGNATURE.length <= size; at = at == 0 ? 512 : 2 * at) {
            try (InputStream in = Files.newInputStream(h5)) {
                in.skipNBytes(at);
                if (Arrays.equals(SIGNATURE, in.readNBytes(SIGNATURE.length))) {
                    return;
                }
            }
        }
        throw new DataFormatException(
                h5,
                "no HDF5 signature at byte 0 or behind it. Expected a Keras model saved with model.save(\"model.h5\");"
                        + " save a .keras file or a SavedModel so.");
    }

    private static JsonNode configuration(Path h5) throws IOException, UnsupportedKerasConfigurationException {
        try (Hdf5Archive archive = new Hdf5Archive(h5.toString())) {
            if (!archive.hasAttribute("model_config")) {
                throw new DataFormatException(
                        h5,
                        "the HDF5 file has no attribute model_config at its root. Expected a whole Keras model, not its"
                                + " weights alone: save it with model.save(\"model.h5\").");
            }
            return new ObjectMapper().readTree(archive.readAttributeAsJson("model_config"));
        } catch (JsonProcessingException e) {
            throw new DataFormatException(h5, "attribute model_config: " + e.getOriginalMessage());
        }
    }
}
