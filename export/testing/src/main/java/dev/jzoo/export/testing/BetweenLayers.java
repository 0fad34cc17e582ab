package dev.jzoo.export.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.Difference;
import dev.jzoo.export.InputValues;
import dev.jzoo.export.IntermediateValues;
import dev.jzoo.export.ParityInputs;
import dev.jzoo.export.SourceNetwork;
import dev.jzoo.export.Tolerance;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Assertions that the values between layers from a framework equal the values that the nodes of a correct export
 * compute.
 */
public final class BetweenLayers {

    private BetweenLayers() {}

    /** Compares every value that the network reports with the node that writes it. */
    public static void assertAgree(SourceNetwork network) throws IOException {
        GraphBuilder builder = new GraphBuilder(17);
        List<String> inputs = network.inputs().stream().map(builder::input).toList();
        List<ValueInfo> outputs = new ArrayList<>();
        for (ValueInfo output : network.emit(builder, inputs)) {
            outputs.add(output.named(builder.rename(output.name(), "output_" + outputs.size())));
        }
        outputs.forEach(builder::output);
        Graph graph = builder.build("between");
        OnnxFile file = OnnxFile.of(17, new OnnxFile.Producer("test", ""), graph, Map.of());
        Map<String, InputValues> values = new HashMap<>();
        network.inputs().forEach(input -> values.put(input.name(), network.values(input)));
        Map<String, Tensor> given = new ParityInputs(graph.inputs(), values).of(ParityInputs.BATCHES.get(1));
        Set<String> written = new HashSet<>();
        graph.nodes().forEach(node -> written.addAll(node.outputs()));
        Map<String, Tensor> told = new LinkedHashMap<>(network.intermediates(new ArrayList<>(given.values())));
        told.keySet().retainAll(written);
        Map<String, DataType> types = new LinkedHashMap<>();
        told.forEach(
                (name, like) -> types.put(name, DataType.valueOf(like.type().name())));
        graph.outputs().forEach(output -> types.remove(output.name()));
        Map<String, Tensor> actual = IntermediateValues.run(file, given, types);
        told.forEach((name, expected) -> {
            Difference difference =
                    Difference.of(expected, actual.get(name), Tolerance.deep(), Difference.Sides.FRAMEWORK);
            assertTrue(difference.excess() <= 1, () -> name + ", " + difference.worst());
        });
    }
}
