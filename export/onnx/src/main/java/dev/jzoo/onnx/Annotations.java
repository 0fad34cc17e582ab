package dev.jzoo.onnx;

import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.jzoo.onnx.proto.GraphProto;
import dev.jzoo.onnx.proto.ModelProto;
import dev.jzoo.onnx.proto.NodeProto;
import dev.jzoo.onnx.proto.TensorProto;
import dev.jzoo.onnx.proto.ValueInfoProto;
import java.util.HashMap;
import java.util.Map;

/**
 * The parts of a file that describe it without affecting its results: domain, version and description of the model;
 * descriptions and metadata of graphs, nodes, tensors, inputs and outputs. They are stored by the names of the described
 * parts, so that they survive rewritings of the graph.
 */
public final class Annotations {

    /** No annotations. */
    public static final Annotations NONE = new Annotations();

    /** {@code quantization_annotation} and {@code metadata_props} of a GraphProto. */
    private static final int[] GRAPH_FIELDS = {14, 16};

    /** {@code metadata_props} of a NodeProto. */
    private static final int[] NODE_FIELDS = {9};

    /** {@code doc_string} and {@code metadata_props} of a TensorProto. */
    private static final int[] TENSOR_FIELDS = {12, 16};

    /** {@code metadata_props} of a ValueInfoProto. */
    private static final int[] VALUE_FIELDS = {4};

    private final Map<String, Message> parts = new HashMap<>();

    private Annotations() {}

    /** Reads the annotations of a file. */
    static Annotations of(ModelProto model) {
        Annotations annotations = new Annotations();
        ModelProto.Builder own = ModelProto.newBuilder();
        if (model.hasDomain()) {
            own.setDomain(model.getDomain());
        }
        if (model.hasModelVersion()) {
            own.setModelVersion(model.getModelVersion());
        }
        if (model.hasDocString()) {
            own.setDocString(model.getDocString());
        }
        annotations.note("model", own.build());
        annotations.read("graph", model.getGraph());
        return annotations.parts.isEmpty() ? NONE : annotations;
    }

    private void read(String key, GraphProto graph) {
        GraphProto.Builder own = GraphProto.newBuilder().setUnknownFields(some(graph, GRAPH_FIELDS));
        if (graph.hasDocString()) {
            own.setDocString(graph.getDocString());
        }
        note(key, own.build());
        graph.getInitializerList()
                .forEach(tensor -> note(
                        "tensor " + tensor.getName(),
                        TensorProto.newBuilder()
                                .setUnknownFields(some(tensor, TENSOR_FIELDS))
                                .build()));
        graph.getInputList().forEach(this::read);
        graph.getOutputList().forEach(this::read);
        graph.getValueInfoList().forEach(this::read);
        graph.getNodeList().forEach(this::read);
    }

    private void read(ValueInfoProto value) {
        ValueInfoProto.Builder own = ValueInfoProto.newBuilder().setUnknownFields(some(value, VALUE_FIELDS));
        if (value.hasDocString()) {
            own.setDocString(value.getDocString());
        }
        note("value " + value.getName(), own.build());
    }

    private void read(NodeProto node) {
        NodeProto.Builder own = NodeProto.newBuilder().setUnknownFields(some(node, NODE_FIELDS));
        if (node.hasDocString()) {
            own.setDocString(node.getDocString());
        }
        note(key(node), own.build());
        node.getAttributeList().stream()
                .filter(attribute -> attribute.hasG())
                .forEach(body -> read(key(node) + " " + body.getName(), body.getG()));
    }

    /** Returns the key of a node: its first output, since a node may have no name. */
    private static String key(NodeProto node) {
        return "node " + (node.getOutputCount() == 0 ? node.getName() : node.getOutput(0));
    }

    private static UnknownFieldSet some(Message message, int... fields) {
        UnknownFieldSet.Builder some = UnknownFieldSet.newBuilder();
        for (int field : fields) {
            if (message.getUnknownFields().hasField(field)) {
                some.mergeField(field, message.getUnknownFields().getField(field));
            }
        }
        return some.build();
    }

    private void note(String key, Message part) {
        if (part.getSerializedSize() > 0) {
            parts.put(key, part);
        }
    }

    ModelProto model() {
        return (ModelProto) parts.getOrDefault("model", ModelProto.getDefaultInstance());
    }

    GraphProto graph() {
        return graph("graph");
    }

    /** Returns the annotations of the body in an attribute of a node. */
    GraphProto body(NodeProto node, String attribute) {
        return graph(key(node) + " " + attribute);
    }

    private GraphProto graph(String key) {
        return (GraphProto) parts.getOrDefault(key, GraphProto.getDefaultInstance());
    }

    NodeProto node(NodeProto node) {
        return (NodeProto) parts.getOrDefault(key(node), NodeProto.getDefaultInstance());
    }

    TensorProto tensor(String name) {
        return (TensorProto) parts.getOrDefault("tensor " + name, TensorProto.getDefaultInstance());
    }

    ValueInfoProto value(String name) {
        return (ValueInfoProto) parts.getOrDefault("value " + name, ValueInfoProto.getDefaultInstance());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Annotations that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return parts.size() + " annotations";
    }
}
