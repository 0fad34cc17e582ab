package dev.jzoo.zoo.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.catalogue.Manifest.Entry;
import dev.jzoo.zoo.catalogue.Manifest.FileDigest;
import dev.jzoo.zoo.catalogue.Manifest.ManifestTensor;
import dev.jzoo.zoo.catalogue.Manifest.PublishedFiles;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Json;
import dev.jzoo.zoo.file.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JSON form of a {@link Manifest}, with these keys:
 *
 * <pre>
 *   [ { model, model_path, onnx_version, opset_version, metadata: {
 *         model_sha, model_bytes, tags: [text],
 *         io_ports: {inputs: [{name, shape: [number | text | null], type}], outputs: [...]},   optional
 *         extra_ports: {features: [{name, shape, type?}]},                                     optional
 *         model_with_data_path, model_with_data_sha, model_with_data_bytes,                    optional
 *         jzoo: {card, files: [{path, bytes, sha256}]} } } ]                                   JZoo only
 * </pre>
 */
final class ManifestFormat {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ManifestFormat() {}

    static Manifest parse(String source, String json) throws DataFormatException {
        JsonNode root = Json.parse(source, json, JsonNode.class);
        if (!root.isArray()) {
            throw new DataFormatException(source, "expected an array of models, found " + root.getNodeType() + ".");
        }
        List<Entry> entries = new ArrayList<>();
        for (JsonNode node : root) {
            String where = "model " + (entries.size() + 1) + " of " + root.size() + " ('"
                    + shortened(node.path("model").asText()) + "')";
            try {
                entries.add(entry(source + ", " + where, node));
            } catch (IllegalArgumentException e) {
                throw new DataFormatException(source, where + ": " + e.getMessage());
            }
        }
        try {
            return new Manifest(entries);
        } catch (IllegalArgumentException e) {
            throw new DataFormatException(source, String.valueOf(e.getMessage()));
        }
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    static String text(Manifest manifest) {
        ArrayNode root = NODES.arrayNode();
        manifest.entries().forEach(entry -> root.add(node(entry)));
        return Json.python(root);
    }

    private static Entry entry(String source, JsonNode node) throws DataFormatException {
        JsonNode metadata = node.path("metadata");
        JsonNode ports = metadata.path("io_ports");
        FileDigest file = new FileDigest(
                text(node, "model_path"), number(metadata, "model_bytes"), new Sha256(text(metadata, "model_sha")));
        Optional<FileDigest> archive = metadata.hasNonNull("model_with_data_path")
                ? Optional.of(new FileDigest(
                        text(metadata, "model_with_data_path"),
                        number(metadata, "model_with_data_bytes"),
                        new Sha256(text(metadata, "model_with_data_sha"))))
                : Optional.empty();
        Optional<PublishedFiles> published = metadata.hasNonNull("jzoo")
                ? Optional.of(Json.parse(source, metadata.get("jzoo").toString(), PublishedFiles.class))
                : Optional.empty();
        List<String> tags = new ArrayList<>();
        metadata.path("tags").forEach(tag -> tags.add(tag.asText()));
        return new Entry(
                text(node, "model"),
                text(node, "onnx_version"),
                Math.toIntExact(Math.min(number(node, "opset_version"), Integer.MAX_VALUE)),
                file,
                tags,
                ports(ports.path("inputs")),
                ports(ports.path("outputs")),
                ports(metadata.path("extra_ports").path("features")),
                archive,
                published);
    }

    private static List<ManifestTensor> ports(JsonNode nodes) {
        List<ManifestTensor> ports = new ArrayList<>();
        for (JsonNode node : nodes) {
            List<Dimension> shape = new ArrayList<>();
            for (JsonNode axis : node.path("shape")) {
                shape.add(
                        axis.isIntegralNumber()
                                ? Dimension.of(axis.longValue())
                                : axis.isTextual() ? Dimension.of(axis.textValue()) : new Dimension.UnknownDimension());
            }
            ports.add(new ManifestTensor(
                    text(node, "name"), shape, node.path("type").asText("")));
        }
        return ports;
    }

    private static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(key + ": expected text, found " + value.getNodeType() + ".");
        }
        return value.textValue();
    }

    private static long number(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(
                    key + ": expected a whole number, found " + shortened(value.toString()) + ".");
        }
        return value.longValue();
    }

    private static ObjectNode node(Entry entry) {
        ObjectNode metadata = NODES.objectNode();
        metadata.put("model_sha", entry.file().sha256().hex());
        metadata.put("model_bytes", entry.file().bytes());
        entry.tags().forEach(metadata.putArray("tags")::add);
        if (!entry.inputs().isEmpty() || !entry.outputs().isEmpty()) {
            ObjectNode ports = metadata.putObject("io_ports");
            ports.set("inputs", nodes(entry.inputs()));
            ports.set("outputs", nodes(entry.outputs()));
        }
        if (!entry.features().isEmpty()) {
            metadata.putObject("extra_ports").set("features", nodes(entry.features()));
        }
        entry.archive().ifPresent(archive -> {
            metadata.put("model_with_data_path", archive.path());
            metadata.put("model_with_data_sha", archive.sha256().hex());
            metadata.put("model_with_data_bytes", archive.bytes());
        });
        entry.published().ifPresent(published -> metadata.set("jzoo", Json.tree(published)));
        ObjectNode node = NODES.objectNode();
        node.put("model", entry.model());
        node.put("model_path", entry.file().path());
        node.put("onnx_version", entry.onnxVersion());
        node.put("opset_version", entry.opset());
        node.set("metadata", metadata);
        return node;
    }

    private static ArrayNode nodes(List<ManifestTensor> ports) {
        ArrayNode nodes = NODES.arrayNode();
        for (ManifestTensor port : ports) {
            ObjectNode node = nodes.addObject().put("name", port.name());
            ArrayNode shape = node.putArray("shape");
            for (Dimension axis : port.shape()) {
                if (axis instanceof Dimension.FixedDimension fixed) {
                    shape.add(fixed.size());
                } else if (axis instanceof Dimension.SymbolicDimension symbolic) {
                    shape.add(symbolic.name());
                } else {
                    shape.addNull();
                }
            }
            if (!port.type().isEmpty()) {
                node.put("type", port.type());
            }
        }
        return nodes;
    }
}
