package dev.jzoo.onnx;

import dev.jzoo.onnx.proto.AttributeProto;
import dev.jzoo.onnx.proto.FunctionProto;
import dev.jzoo.onnx.proto.GraphProto;
import dev.jzoo.onnx.proto.ModelProto;
import dev.jzoo.onnx.proto.NodeProto;
import dev.jzoo.onnx.proto.OperatorSetIdProto;
import dev.jzoo.onnx.proto.SparseTensorProto;
import dev.jzoo.onnx.proto.TensorProto;
import dev.jzoo.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Inlining of a model's local functions: it replaces each call by the function's body, like a runtime. Names in a body get
 * a prefix that is unique for each call.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/docs/IR.md#functions">functions in the ONNX specification</a>
 */
final class FunctionInlining {

    /** Maximum call depth. Deeper calls are recursive. */
    private static final int DEEPEST = 64;

    /** Maximum number of nodes. A few functions that call each other twice could become 2^60 nodes. */
    private static final int MOST_NODES = 1_000_000;

    private final Map<String, FunctionProto> functions = new HashMap<>();
    private int calls;
    private int nodes;

    private FunctionInlining(ModelProto model) {
        model.getFunctionsList().forEach(f -> functions.put(key(f.getDomain(), f.getName(), f.getOverload()), f));
    }

    /**
     * Returns the same model without functions.
     *
     * @throws IllegalArgumentException if a function calls itself, or uses another opset than the model
     */
    static ModelProto of(ModelProto model) {
        if (model.getFunctionsCount() == 0) {
            return model;
        }
        FunctionInlining inlining = new FunctionInlining(model);
        ModelProto.Builder inlined = model.toBuilder().clearFunctions();
        model.getFunctionsList()
                .forEach(function -> function.getOpsetImportList().forEach(opset -> join(inlined, function, opset)));
        return inlined.setGraph(inlining.graph(model.getGraph(), Scope.OUTERMOST, 0))
                .build();
    }

    private static void join(ModelProto.Builder model, FunctionProto function, OperatorSetIdProto opset) {
        for (OperatorSetIdProto known : model.getOpsetImportList()) {
            if (OnnxReader.domain(known.getDomain()).equals(OnnxReader.domain(opset.getDomain()))) {
                if (known.getVersion() != opset.getVersion()) {
                    throw new IllegalArgumentException("the local function '" + function.getName() + "' uses opset "
                            + opset.getVersion() + " of '" + opset.getDomain() + "', but the model uses "
                            + known.getVersion()
                            + "; this is not supported");
                }
                return;
            }
        }
        model.addOpsetImport(opset);
    }

    private static String key(String domain, String name, String overload) {
        return OnnxReader.domain(domain) + "\n" + name + "\n" + overload;
    }

    /**
     * The meaning of a body's names and attributes in one call.
     *
     * @param names the caller's names by formal name
     * @param prefix of all other names
     */
    private record Scope(Map<String, String> names, String prefix, Map<String, AttributeProto> attributes) {

        static final Scope OUTERMOST = new Scope(Map.of(), "", Map.of());

        String name(String formal) {
            return formal.isEmpty() ? "" : names.getOrDefault(formal, prefix + formal);
        }
    }

    private GraphProto graph(GraphProto graph, Scope scope, int depth) {
        GraphProto.Builder inlined = graph.toBuilder()
                .clearNode()
                .clearInitializer()
                .clearSparseInitializer()
                .clearInput()
                .clearOutput()
                .clearValueInfo();
        graph.getNodeList().forEach(node -> add(inlined, node, scope, depth));
        for (TensorProto constant : graph.getInitializerList()) {
            inlined.addInitializer(constant.toBuilder().setName(scope.name(constant.getName())));
        }
        for (SparseTensorProto constant : graph.getSparseInitializerList()) {
            TensorProto.Builder values = constant.getValues().toBuilder()
                    .setName(scope.name(constant.getValues().getName()));
            inlined.addSparseInitializer(constant.toBuilder().setValues(values));
        }
        graph.getInputList().forEach(value -> inlined.addInput(renamed(value, scope)));
        graph.getOutputList().forEach(value -> inlined.addOutput(renamed(value, scope)));
        graph.getValueInfoList().forEach(value -> inlined.addValueInfo(renamed(value, scope)));
        return inlined.build();
    }

    private static ValueInfoProto renamed(ValueInfoProto value, Scope scope) {
        return value.toBuilder().setName(scope.name(value.getName())).build();
    }

    private void add(GraphProto.Builder graph, NodeProto node, Scope scope, int depth) {
        if (++nodes > MOST_NODES) {
            throw new IllegalArgumentException(
                    "its local functions expand to more than " + MOST_NODES + " nodes, which is not supported");
        }
        NodeProto named = inScope(node, scope, depth);
        FunctionProto function = functions.get(key(node.getDomain(), node.getOpType(), node.getOverload()));
        if (function == null) {
            graph.addNode(named);
            return;
        }
        if (depth == DEEPEST) {
            throw new IllegalArgumentException(
                    "the local function '" + function.getName() + "' calls itself, which ONNX forbids");
        }
        Scope body = body(function, named);
        function.getNodeList().forEach(inner -> add(graph, inner, body, depth + 1));
    }

    private Scope body(FunctionProto function, NodeProto call) {
        calls++;
        String prefix = (call.getName().isEmpty() ? function.getName() : call.getName()) + "#" + calls + "/";
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < function.getInputCount(); i++) {
            names.put(function.getInput(i), i < call.getInputCount() ? call.getInput(i) : "");
        }
        for (int i = 0; i < function.getOutputCount(); i++) {
            String wanted = i < call.getOutputCount() ? call.getOutput(i) : "";
            names.put(function.getOutput(i), wanted.isEmpty() ? prefix + function.getOutput(i) : wanted);
        }
        Map<String, AttributeProto> attributes = new HashMap<>();
        function.getAttributeProtoList().forEach(usual -> attributes.put(usual.getName(), usual));
        call.getAttributeList().forEach(given -> attributes.put(given.getName(), given));
        return new Scope(names, prefix, attributes);
    }

    private NodeProto inScope(NodeProto node, Scope scope, int depth) {
        List<AttributeProto> attributes = new ArrayList<>();
        for (AttributeProto attribute : node.getAttributeList()) {
            if (!attribute.getRefAttrName().isEmpty()) {
                AttributeProto given = scope.attributes().get(attribute.getRefAttrName());
                if (given != null) {
                    attributes.add(
                            given.toBuilder().setName(attribute.getName()).build());
                }
            } else if (attribute.hasG()) {
                attributes.add(attribute.toBuilder()
                        .setG(graph(attribute.getG(), scope, depth))
                        .build());
            } else {
                attributes.add(attribute);
            }
        }
        return node.toBuilder()
                .clearInput()
                .addAllInput(node.getInputList().stream().map(scope::name).toList())
                .clearOutput()
                .addAllOutput(node.getOutputList().stream().map(scope::name).toList())
                .setName(node.getName().isEmpty() ? "" : scope.prefix() + node.getName())
                .clearAttribute()
                .addAllAttribute(attributes)
                .build();
    }
}
