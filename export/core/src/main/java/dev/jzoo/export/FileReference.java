package dev.jzoo.export;

import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings.Optimisation;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The reference for comparing a file with a network: the network's own export, in ONNX Runtime without optimisations.
 * It knows the values between the nodes if the other file has a node of the same kind that writes a tensor of the same
 * name, as another export of the same network does.
 */
final class FileReference implements Reference, AutoCloseable {

    /** Operators that read real numbers and write other types. */
    private static final Set<String> NOT_REAL = Set.of(
            "ArgMax",
            "ArgMin",
            "Equal",
            "Greater",
            "GreaterOrEqual",
            "IsInf",
            "IsNaN",
            "Less",
            "LessOrEqual",
            "NonZero",
            "QuantizeLinear",
            "Shape",
            "Size");

    /** Operators whose second and further outputs are indices or masks. */
    private static final Set<String> FIRST_IS_REAL = Set.of("Dropout", "MaxPool", "TopK", "Unique");

    private final OnnxFile export;
    private final OnnxFile other;
    private final MappedModelFile probe;
    private final OnnxModel model;

    FileReference(OnnxFile export, OnnxFile other) throws IOException {
        this.export = export;
        this.other = other;
        probe = new MappedModelFile(export);
        try {
            model = probe.open(Optimisation.NONE);
        } catch (IOException | RuntimeException e) {
            probe.close();
            throw e;
        }
    }

    @Override
    public Difference.Sides sides() {
        return Difference.Sides.FILE;
    }

    @Override
    public Graph exposed(Graph graph) {
        return graph;
    }

    @Override
    public Map<String, Tensor> outputs(Map<String, Tensor> given, Map<String, Tensor> results) {
        return model.run(given);
    }

    @Override
    public Map<String, Tensor> intermediates(Map<String, Tensor> given, Map<String, Tensor> results) {
        try {
            return IntermediateValues.run(export, given, shared());
        } catch (DataFormatException e) {
            // A tensor has another type than its node usually writes, so only the outputs are compared.
            return Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the real tensors of the export, except its outputs, that the other file has too. */
    private Map<String, DataType> shared() {
        Graph graph = export.graph();
        Map<String, String> writers = new HashMap<>();
        other.graph().nodes().forEach(node -> node.outputs().forEach(name -> writers.put(name, node.opType())));
        Set<String> outputs = graph.outputs().stream().map(ValueInfo::name).collect(Collectors.toSet());
        Set<String> real = new HashSet<>();
        graph.initializers().forEach((name, value) -> note(name, value.type(), real));
        graph.inputs().forEach(input -> note(input.name(), input.type(), real));
        Map<String, DataType> shared = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            for (String written : realOutputs(node, real)) {
                real.add(written);
                if (node.opType().equals(writers.get(written)) && !outputs.contains(written)) {
                    shared.put(written, DataType.FLOAT);
                }
            }
        }
        return shared;
    }

    private static void note(String name, DataType type, Set<String> real) {
        if (type == DataType.FLOAT) {
            real.add(name);
        }
    }

    /** Returns the real tensors that a node writes. */
    private static List<String> realOutputs(Node node, Set<String> real) {
        boolean writesReals = node.opType().equals("Cast")
                ? node.attributes().get("to").equals(new Attribute.Int(DataType.FLOAT.code()))
                : !NOT_REAL.contains(node.opType()) && node.inputs().stream().anyMatch(real::contains);
        List<String> written =
                FIRST_IS_REAL.contains(node.opType()) ? node.outputs().subList(0, 1) : node.outputs();
        return writesReals ? written.stream().filter(name -> !name.isEmpty()).toList() : List.of();
    }

    @Override
    public void close() throws IOException {
        model.close();
        probe.close();
    }
}
