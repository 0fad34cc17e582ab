package dev.jzoo.export.dl4j.keras;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.modelimport.keras.Hdf5Archive;
import org.deeplearning4j.nn.modelimport.keras.KerasLayer;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.modelimport.keras.config.KerasLayerConfiguration;
import org.deeplearning4j.nn.modelimport.keras.config.KerasLayerConfigurationFactory;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.utils.KerasLayerUtils;

/**
 * DL4J's import of a Keras file. Apart from {@link KerasFile}, which can be loaded without the libraries that this needs.
 *
 * @param network a {@code MultiLayerNetwork} or a {@code ComputationGraph}
 * @param inputs as the file declares them; none where it does not
 */
record KerasImport(Object network, List<ValueInfo> inputs) {

    /** Reads a file that begins as HDF5 does and is whole. Fails as {@link KerasFile#network} does. */
    static KerasImport of(Path h5) throws IOException {
        org.bytedeco.hdf5.Exception.dontPrint(); // else the library tells stderr what it throws
        JsonNode model = null;
        String version = "";
        try (Hdf5Archive archive = new Hdf5Archive(h5.toString())) {
            version = version(archive, h5);
            model = model(archive, h5);
            return new KerasImport(network(h5, model), new KerasInputs(model).all());
        } catch (UnsupportedKerasConfigurationException e) {
            if (model == null) {
                throw unreadable(h5, e);
            }
            List<String> parts = unsupported(model, version);
            throw new UnsupportedNetworkException(
                    parts.isEmpty() ? List.of(h5 + ": " + reason(e)) : parts,
                    "Replace them by layers that DL4J imports from Keras.");
        } catch (InvalidKerasConfigurationException e) {
            throw unreadable(h5, e);
        } catch (JsonProcessingException e) {
            throw new DataFormatException(h5, "attribute model_config: " + e.getOriginalMessage());
        } catch (RuntimeException e) {
            // the import and the library below it throw nearly anything at what they did not expect
            throw unreadable(h5, e);
        }
    }

    private static DataFormatException unreadable(Path h5, Exception cause) {
        return new DataFormatException(h5, "no Keras model that Deeplearning4j can read: " + reason(cause));
    }

    /** Without where DL4J says that more is to be found, or reported. */
    private static String reason(Exception failure) {
        return String.valueOf(failure.getMessage())
                .replaceFirst("\\. (Please file an issue|For more information).*", "");
    }

    /** "2.11.0"; empty where none is written, as Keras 1 did at first. */
    private static String version(Hdf5Archive archive, Path h5)
            throws DataFormatException, UnsupportedKerasConfigurationException {
        String version = archive.hasAttribute("keras_version") ? archive.readAttributeAsString("keras_version") : "";
        if (!version.isEmpty() && version.charAt(0) > '2') {
            throw new DataFormatException(
                    h5,
                    "expected a model of Keras 1 or 2, found one of Keras " + version
                            + ". Save it with Keras 2: pip install tf_keras, TF_USE_LEGACY_KERAS=1.");
        }
        return version;
    }

    private static JsonNode model(Hdf5Archive archive, Path h5)
            throws IOException, UnsupportedKerasConfigurationException {
        if (!archive.hasAttribute("model_config")) {
            throw new DataFormatException(
                    h5,
                    "the HDF5 file has no attribute model_config at its root. Expected a whole Keras model, not its"
                            + " weights alone: save it with model.save(\"model.h5\").");
        }
        return new ObjectMapper().readTree(archive.readAttributeAsJson("model_config"));
    }

    private static Object network(Path h5, JsonNode model)
            throws IOException, UnsupportedKerasConfigurationException, InvalidKerasConfigurationException {
        String name = h5.toString();
        return model.path("class_name").asText().equals("Sequential")
                ? KerasModelImport.importKerasSequentialModelAndWeights(name, false)
                : KerasModelImport.importKerasModelAndWeights(name, false);
    }

    /** The import stops at the first layer that it does not know; this asks it for each. */
    private static List<String> unsupported(JsonNode model, String version) {
        List<String> parts = new ArrayList<>();
        Map<String, KerasLayer> known = new HashMap<>();
        int major = version.startsWith("2") ? 2 : 1;
        for (JsonNode layer : KerasInputs.layers(model)) {
            Map<String, Object> configuration = new ObjectMapper().convertValue(layer, new TypeReference<>() {});
            configuration.put("keras_version", major);
            try {
                KerasLayerConfiguration words = KerasLayerConfigurationFactory.get(major);
                KerasLayer read =
                        KerasLayerUtils.getKerasLayerFromConfig(configuration, false, words, Map.of(), Map.of(), known);
                known.put(read.getLayerName(), read);
            } catch (UnsupportedKerasConfigurationException e) {
                parts.add(layer.at("/config/name").asText() + " ("
                        + layer.path("class_name").asText() + "): " + reason(e));
            } catch (InvalidKerasConfigurationException | RuntimeException e) {
                // it reads a layer that is among the parts already
            }
        }
        return parts;
    }
}
