package dev.jzoo.training.onnx;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** A file with one or two damages to its nodes, attributes, constants and shapes: each a function of a random number. */
final class DamagedGraph {

    private static final long[] EDGES = {
        0, 1, -1, 2, -2, 3, 7, 16, 255, 1 << 16, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
    };

    private final Random random;
    private final List<String> operators;

    DamagedGraph(Random random, List<String> operators) {
        this.random = random;
        this.operators = operators;
    }

    OnnxFile of(OnnxFile file) {
        Graph graph = file.graph();
        SortedMap<String, Long> opsets = new TreeMap<>(file.opsets());
        for (int damages = 1 + random.nextInt(2); damages > 0; damages--) {
            switch (random.nextInt(20)) {
                case 0 -> opsets.put("", (long) random.nextInt(30));
                case 1, 2, 3, 4 -> graph = damagedConstant(graph);
                case 5, 6, 7 -> graph = damagedBorder(graph);
                default -> graph = damagedNode(graph);
            }
        }
        return new OnnxFile(file.irVersion(), opsets, file.producer(), graph, file.metadata());
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private long edge() {
        return random.nextInt(3) == 0 ? random.nextInt(9) - 3 : EDGES[random.nextInt(EDGES.length)];
    }

    private Graph damagedConstant(Graph graph) {
        Map<String, TensorData> constants = new LinkedHashMap<>(graph.initializers());
        if (constants.isEmpty()) {
            return graph;
        }
        String name = any(List.copyOf(constants.keySet()));
        TensorData before = constants.get(name);
        switch (random.nextInt(5)) {
            case 0 -> constants.remove(name);
            case 1 -> constants.put(name, TensorData.vector(edge(), edge()));
            case 2 -> constants.put(name, TensorData.of(DataType.BOOL, ByteBuffer.allocate(3), 3));
            case 3 -> constants.put(name, before.reshaped(before.elements(), 1));
            default -> constants.put(name, before.reshaped(1, before.elements(), 1));
        }
        return new Graph(graph.name(), graph.inputs(), graph.outputs(), constants, graph.nodes(), graph.values());
    }

    private Graph damagedBorder(Graph graph) {
        List<ValueInfo> inputs = new ArrayList<>(graph.inputs());
        ValueInfo input = any(inputs);
        List<Dimension> shape = new ArrayList<>(input.shape());
        if (random.nextBoolean() && !shape.isEmpty()) {
            shape.set(random.nextInt(shape.size()), Dimension.of(random.nextInt(9)));
        } else {
            shape.add(Dimension.of(2));
        }
        inputs.set(
                inputs.indexOf(input),
                new ValueInfo(
                        input.name(), random.nextInt(3) == 0 ? any(List.of(DataType.values())) : input.type(), shape));
        return new Graph(graph.name(), inputs, graph.outputs(), graph.initializers(), graph.nodes(), graph.values());
    }

    private Graph damagedNode(Graph graph) {
        List<Node> nodes = new ArrayList<>(graph.nodes());
        int at = random.nextInt(nodes.size());
        nodes.set(at, damaged(nodes.get(at), graph));
        if (random.nextInt(12) == 0) {
            nodes.add(nodes.remove(at));
        }
        return new Graph(graph.name(), graph.inputs(), graph.outputs(), graph.initializers(), nodes, graph.values());
    }

    private Node damaged(Node node, Graph graph) {
        SortedMap<String, Attribute> attributes = new TreeMap<>(node.attributes());
        List<String> inputs = new ArrayList<>(node.inputs());
        String opType = node.opType();
        String domain = node.domain();
        switch (random.nextInt(8)) {
            case 0 -> {
                String other = any(operators);
                int dot = other.lastIndexOf('.');
                opType = other.substring(dot + 1);
                domain = other.substring(0, Math.max(0, dot));
            }
            case 1 -> {
                if (!inputs.isEmpty()) {
                    inputs.remove(random.nextInt(inputs.size()));
                }
            }
            case 2 -> inputs.add(any(List.copyOf(graph.names())));
            case 3 -> {
                if (!inputs.isEmpty()) {
                    inputs.set(
                            random.nextInt(inputs.size()),
                            random.nextInt(3) == 0 ? "" : any(List.copyOf(graph.names())));
                }
            }
            default -> {
                List<String> names = new ArrayList<>(attributes.keySet());
                names.addAll(
                        List.of("axis", "axes", "kernel_shape", "group", "mode", "to", "equation", "perm", "pads"));
                attributes.put(any(names), attribute());
                attributes.replaceAll((name, value) -> random.nextInt(3) == 0 ? moved(value) : value);
            }
        }
        return new Node(opType, domain, node.name(), inputs, node.outputs(), attributes);
    }

    private Attribute attribute() {
        return switch (random.nextInt(6)) {
            case 0 -> new Attribute.Real(random.nextBoolean() ? Float.NaN : edge());
            case 1 ->
                new Attribute.Text(any(List.of("", "x", "SAME_UPPER", "ij,jk->ik", "...", "reflect", "bidirectional")));
            case 2 -> Attribute.ints();
            case 3 -> Attribute.ints(edge(), edge());
            case 4 -> new Attribute.TensorValue(TensorData.vector(edge()));
            default -> new Attribute.Int(edge());
        };
    }

    private Attribute moved(Attribute value) {
        if (value instanceof Attribute.Int) {
            return new Attribute.Int(edge());
        } else if (value instanceof Attribute.Ints list) {
            List<Long> values = new ArrayList<>(list.values());
            if (!values.isEmpty()) {
                values.set(random.nextInt(values.size()), edge());
            }
            return new Attribute.Ints(values);
        } else if (value instanceof Attribute.Text) {
            return attribute();
        }
        return value;
    }
}
