package dev.jzoo.export.dl4j.keras.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.dl4j.keras.hdf5.Hdf5File;
import dev.jzoo.export.dl4j.keras.hdf5.Hdf5Object;
import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A reader of Keras 2 models from HDF5: the configuration, then the weights. */
@Internal
public final class ModelReader {

    private static final int LONGEST_CONFIGURATION = 64 << 20;
    private static final int DEEPEST_CONFIGURATION = 100;

    private ModelReader() {}

    /**
     * Reads a file that has the signature of HDF5.
     *
     * @throws DataFormatException if the file breaks its format, does not contain a model of Keras 2, or has other
     * weights than its layers
     * @throws UnsupportedNetworkException naming every layer with an unsupported class or setting
     */
    public static KerasModel read(Path h5) throws IOException {
        try (Hdf5File file = Hdf5File.open(h5)) {
            Hdf5Object root = file.root();
            JsonNode configuration = configuration(h5, root);
            requireVersion(h5, root);
            LayerReader layers = new LayerReader(h5);
            KerasModel model = layers.model(configuration);
            layers.requireSupported();
            WeightAssignment.assign(h5, root, model);
            return model;
        }
    }

    private static void requireVersion(Path h5, Hdf5Object root) throws IOException {
        String version = root.text("keras_version").orElse("1");
        if (!version.startsWith("2.")) {
            throw new DataFormatException(
                    h5,
                    "expected a model of Keras 2, found a model of Keras " + version + ". "
                            + (version.startsWith("1")
                                    ? "Load it with Keras 2 and save it again with model.save(\"model.h5\")."
                                    : "Save it with Keras 2: run pip install tf_keras, set TF_USE_LEGACY_KERAS=1, and save the"
                                            + " model again."));
        }
    }

    private static JsonNode configuration(Path h5, Hdf5Object root) throws IOException {
        String json = root.text("model_config")
                .orElseThrow(() -> new DataFormatException(
                        h5,
                        "the HDF5 file has no attribute model_config at its root. Expected a whole Keras model,"
                                + " not only its weights: save it with model.save(\"model.h5\")."));
        requireBounded(h5, json);
        return Json.parse(h5 + ": attribute model_config", json, JsonNode.class);
    }

    /** Checks the nesting, because the parser uses one more level of the stack for each bracket. */
    private static void requireBounded(Path h5, String json) throws DataFormatException {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted) {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
            if (depth > DEEPEST_CONFIGURATION || i > LONGEST_CONFIGURATION) {
                throw new DataFormatException(
                        h5,
                        "attribute model_config: expected at most " + DEEPEST_CONFIGURATION + " levels and "
                                + LONGEST_CONFIGURATION + " characters, found more");
            }
        }
    }

    /** Returns the texts of an attribute, which Keras divides into name0, name1, ... if they are too long for one. */
    static List<String> divided(Hdf5Object object, String attribute) throws IOException {
        List<String> texts = new ArrayList<>(object.texts(attribute));
        for (int part = 0; ; part++) {
            List<String> more = object.texts(attribute + part);
            if (more.isEmpty()) {
                return texts;
            }
            texts.addAll(more);
        }
    }
}
