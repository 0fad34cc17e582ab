package dev.jzoo.export;

import dev.jzoo.export.onnx.Attribute;
import dev.jzoo.export.onnx.DataType;
import dev.jzoo.export.onnx.Dim;
import dev.jzoo.export.onnx.Graph;
import dev.jzoo.export.onnx.Node;
import dev.jzoo.export.onnx.OnnxFile;
import dev.jzoo.export.onnx.ValueInfo;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings.Optimisation;
import dev.jzoo.inference.Tensor;
import dev.jzoo.zoo.DataFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A network's own export, in ONNX Runtime without optimisations, for another file to be held against. Tells what stands
 * between the nodes where the other file has a node of the same kind that writes a tensor of the same name, as another export
 * of the same network has.
 */
final class FileReference implements Reference, AutoCloseable {

    /** Operators that read real numbers and write something else. */
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

    private final OnnxFile export;
    private final OnnxFile other;
    private final Probe probe;
    private final OnnxModel model;

    FileReference(OnnxFile export, OnnxFile other) throws IOException {
        this.export = export;
        this.other = other;
        probe = new Probe(export);
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
        List<ValueInfo> outputs = new ArrayList<>(export.graph().outputs());
        outputs.addAll(shared());
        try (Probe exposed = new Probe(export.withGraph(export.graph().withOutputs(outputs)));
                OnnxModel exposedModel = exposed.open(Optimisation.NONE)) {
            return exposedModel.run(given);
        } catch (DataFormatException e) {
            // A tensor is of another type than its node usually writes: the outputs alone must do.
            return Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Real tensors of the export, without its outputs, that the other file has too. */
    private List<ValueInfo> shared() {
        Graph graph = export.graph();
        Map<String, String> writers = new HashMap<>();
        other.graph().nodes().forEach(node -> node.outputs().forEach(name -> writers.put(name, node.opType())));
        Set<String> outputs = graph.outputs().stream().map(ValueInfo::name).collect(Collectors.toSet());
        Set<String> real = new HashSet<>();
        graph.initializers().forEach((name, value) -> note(name, value.type(), real));
        graph.inputs().forEach(input -> note(input.name(), input.type(), real));
        List<ValueInfo> shared = new ArrayList<>();
        for (Node node : graph.nodes()) {
            String written = node.outputs().get(0);
            if (writesReals(node, real)) {
                real.add(written);
                if (node.opType().equals(writers.get(written)) && !outputs.contains(written)) {
                    // The shape must be said, but ONNX Runtime knows it, and takes what it knows.
                    shared.add(new ValueInfo(written, DataType.FLOAT, List.of(new Dim.Unknown())));
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

    private static boolean writesReals(Node node, Set<String> real) {
        if (node.opType().equals("Cast")) {
            return node.attributes().get("to").equals(new Attribute.Int(DataType.FLOAT.code()));
        }
        return !NOT_REAL.contains(node.opType()) && node.inputs().stream().anyMatch(real::contains);
    }

    @Override
    public void close() throws IOException {
        model.close();
        probe.close();
    }
}
