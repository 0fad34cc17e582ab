package dev.jzoo.export.dl4j;

import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.shade.jackson.databind.deser.DeserializationProblemHandler;

/**
 * A network as DL4J's {@code ModelSerializer} saved it: a zip with {@code configuration.json} and {@code coefficients.bin}. A jar whose
 * classes such files name can help to read them, with a {@link DeserializationProblemHandler} that {@link ServiceLoader} finds.
 */
public final class Dl4jZip {

    private static final int LONGEST_CONFIGURATION = 64 << 20;

    static {
        ServiceLoader.load(DeserializationProblemHandler.class).forEach(NeuralNetConfiguration.mapper()::addHandler);
    }

    private Dl4jZip() {}

    /**
     * Reads a network: a {@code MultiLayerNetwork} or a {@code ComputationGraph}.
     *
     * @throws DataFormatException where it is neither
     */
    public static Model read(Path file) throws IOException {
        String configuration = configuration(file);
        try {
            // only the configuration of a graph has vertices
            return configuration.contains("\"vertices\"")
                    ? ModelSerializer.restoreComputationGraph(file.toFile(), false)
                    : ModelSerializer.restoreMultiLayerNetwork(file.toFile(), false);
        } catch (RuntimeException e) {
            // a damaged configuration makes the parser of DL4J throw nearly anything
            throw new DataFormatException(file, "Deeplearning4j cannot read it: " + e.getMessage());
        }
    }

    private static String configuration(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.getEntry("model.weights.h5") != null) {
                throw new DataFormatException(
                        file,
                        "expected a network that ModelSerializer saved or a Keras model in HDF5, found a .keras file."
                                + " Save the model with Keras 2 as HDF5: model.save(\"model.h5\").");
            }
            ZipEntry configuration = zip.getEntry("configuration.json");
            if (configuration == null || zip.getEntry("coefficients.bin") == null) {
                throw new DataFormatException(
                        file,
                        "expected a network that ModelSerializer saved, with configuration.json and coefficients.bin;"
                                + " found a zip without them");
            }
            try (InputStream in = zip.getInputStream(configuration)) {
                return new String(in.readNBytes(LONGEST_CONFIGURATION), StandardCharsets.UTF_8);
            }
        } catch (ZipException e) {
            throw new DataFormatException(
                    file,
                    "expected a zip that Deeplearning4j's ModelSerializer saved, or a Keras model in HDF5: "
                            + e.getMessage());
        }
    }
}
