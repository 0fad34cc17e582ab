package dev.jzoo.export.dl4j.saved;

import java.io.IOException;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.serde.legacy.LegacyJsonFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.core.JsonFactory;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.core.JsonToken;
import org.nd4j.shade.jackson.core.StreamReadFeature;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.JsonMappingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.exc.InvalidTypeIdException;
import org.nd4j.shade.jackson.databind.module.SimpleModule;

/**
 * A reader of a saved network's JSON into DL4J's configuration object. DL4J's {@code fromJson} does the same, but
 * passes names of classes to the class loader.
 */
final class SavedConfiguration {

    private static final int MOST_NESTING = 100;
    private static final int MOST_TOKENS = 20_000_000;
    private static final int LONGEST_NUMBER = 40;
    private static final int LONGEST_NAME = 10_000;

    private static final ObjectMapper CURRENT = mapper(new ObjectMapper());

    /**
     * The mapper for files from before 1.0.0-beta, whose layers and vertices have names from a fixed list instead of
     * classes.
     */
    private static final ObjectMapper ALPHA = mapper(LegacyJsonFormat.getMapper100alpha());

    private SavedConfiguration() {}

    private static ObjectMapper mapper(ObjectMapper plain) {
        SimpleModule arrays = new SimpleModule();
        arrays.addDeserializer(INDArray.class, new JsonArrays());
        plain.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        plain.setAnnotationIntrospector(new ClassTable(ConfigurationClasses.load()));
        return plain.registerModule(arrays);
    }

    /**
     * Reads a {@link MultiLayerConfiguration}, or a {@link ComputationGraphConfiguration} if the JSON has vertices.
     *
     * @throws IOException naming the contents of the JSON that are not allowed
     */
    static Object of(String json) throws IOException {
        Class<?> type = hasVertices(json) ? ComputationGraphConfiguration.class : MultiLayerConfiguration.class;
        Object configuration;
        try {
            configuration = CURRENT.readValue(json, type);
        } catch (InvalidTypeIdException e) {
            configuration = ofAlpha(json, type, e);
        } catch (JsonMappingException e) {
            throw reason(e);
        }
        return completed(configuration);
    }

    private static Object ofAlpha(String json, Class<?> type, InvalidTypeIdException failure) throws IOException {
        try {
            return ALPHA.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw reason(failure);
        }
    }

    /** Returns the reason of a failure, without Jackson's chain of fields and its advice. */
    private static IOException reason(JsonMappingException failure) {
        return failure.getCause() instanceof NetworkFormatException cause
                ? cause
                : new NetworkFormatException(failure.getOriginalMessage());
    }

    /**
     * Reads through the JSON once, so that later steps never meet unlimited nesting, numbers or names. Returns whether
     * it has vertices.
     */
    private static boolean hasVertices(String json) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        boolean vertices = false;
        int depth = 0;
        int tokens = 0;
        try (JsonParser parser = factory.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                require(depth <= MOST_NESTING, "expected a nesting of at most " + MOST_NESTING + " levels, found more");
                require(++tokens <= MOST_TOKENS, "expected at most " + MOST_TOKENS + " values, found more");
                boolean named = token == JsonToken.FIELD_NAME;
                vertices |= named && depth == 1 && parser.getCurrentName().equals("vertices");
                int longest = token.isNumeric() ? LONGEST_NUMBER : LONGEST_NAME;
                require(
                        parser.getTextLength() <= longest,
                        "expected a text or number of at most " + longest + " characters, found "
                                + parser.getTextLength());
            }
        } catch (JsonProcessingException e) {
            throw new NetworkFormatException(
                    e.getOriginalMessage() + " at character " + e.getLocation().getCharOffset());
        }
        return vertices;
    }

    private static void require(boolean holds, String found) throws NetworkFormatException {
        if (!holds) {
            throw new NetworkFormatException(found);
        }
    }

    /**
     * Completes batch normalisations. A file of 1.0.0-beta3 or before does not contain the kind of their statistics,
     * but the names of their parameters show it.
     */
    private static Object completed(Object configuration) throws NetworkFormatException {
        if (configuration instanceof MultiLayerConfiguration chain) {
            require(chain.getConfs() != null && !chain.getConfs().isEmpty(), "expected layers, found none");
            complete(chain.getConfs());
            return chain;
        }
        ComputationGraphConfiguration graph = (ComputationGraphConfiguration) configuration;
        require(
                graph.getVertices() != null && graph.getNetworkInputs() != null && graph.getNetworkOutputs() != null,
                "expected a graph with vertices, inputs and outputs, found one without");
        complete(graph.getVertices().values().stream()
                .filter(LayerVertex.class::isInstance)
                .map(vertex -> ((LayerVertex) vertex).getLayerConf())
                .toList());
        return graph;
    }

    private static void complete(List<NeuralNetConfiguration> layers) throws NetworkFormatException {
        for (NeuralNetConfiguration layer : layers) {
            require(
                    layer != null && layer.getLayer() != null,
                    "expected a configuration for each layer, found a layer without one");
            if (layer.getLayer() instanceof BatchNormalization normalization && layer.getVariables() != null) {
                normalization.setUseLogStd(!layer.getVariables().contains("var"));
            }
        }
    }
}
