package dev.jzoo.training.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.training.onnx.operators.BlockValue;
import dev.jzoo.training.onnx.operators.ForwardPass;
import dev.jzoo.training.onnx.operators.HostArithmetic;
import dev.jzoo.training.onnx.operators.HostTensors;
import dev.jzoo.training.onnx.operators.NodeAttributes;
import dev.jzoo.training.onnx.operators.Operator;
import dev.jzoo.training.onnx.operators.OperatorInputs;
import dev.jzoo.training.onnx.operators.Operators;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A graph ready to run: its nodes with their operators, in order. Each tensor has a place; an array is closed behind the last
 * node that reads it, and what operators made in between at the end of the pass. What the engine needs for gradients it keeps.
 */
final class ExecutionPlan {

    private static final int LEFT_OUT = -1;

    /** A node, the places of what it reads and writes, and of what nobody reads behind it. */
    private record PlannedNode(Node node, Operator operator, boolean host, int[] inputs, int[] outputs, int[] last) {}

    private final Graph graph;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<Integer, Parameter> parameters = new HashMap<>();
    private final Map<Integer, BlockValue> constants = new HashMap<>();
    private final List<PlannedNode> steps = new ArrayList<>();

    /**
     * @param graph in canonical form
     * @param weights parameters by the names of constants
     * @throws UnsupportedGraphException naming all nodes that cannot be computed
     */
    ExecutionPlan(Graph graph, Map<String, Parameter> weights) {
        this.graph = graph;
        graph.inputs().forEach(input -> place(input.name()));
        List<String> faults = new ArrayList<>();
        for (ValueInfo input : graph.inputs()) {
            if (HostTensors.type(input.type()).isEmpty()) {
                faults.add("Input '" + input.name() + "': the engine has no tensors of " + input.type());
            }
        }
        for (Node node : graph.nodes()) {
            try {
                add(node);
            } catch (UnsupportedOperationException e) {
                faults.add(node.describe() + ": " + e.getMessage());
            }
        }
        if (!faults.isEmpty()) {
            throw new UnsupportedGraphException(faults);
        }
        graph.outputs().forEach(output -> place(output.name()));
        places.forEach((name, place) -> {
            if (weights.containsKey(name)) {
                parameters.put(place, weights.get(name));
            } else if (graph.initializers().containsKey(name)) {
                constants.put(place, BlockValue.constant(graph.initializers().get(name)));
            }
        });
        markLast();
    }

    private void add(Node node) {
        NodeAttributes settings = new NodeAttributes(node, graph.initializers()::containsKey);
        settings.require(node.domain().isEmpty(), "an operator of " + node.domain() + " is not known here");
        boolean host = HostArithmetic.knows(node);
        boolean always = node.opType().equals("Shape") || node.opType().equals("Size");
        Operator operator = always
                ? call -> new NDList()
                : Operators.find(node.opType())
                        .orElseThrow(() -> new UnsupportedOperationException("the operator is not known here"))
                        .of(settings);
        steps.add(new PlannedNode(node, operator, host, places(node.inputs()), places(node.outputs()), new int[0]));
    }

    private int[] places(List<String> names) {
        return names.stream()
                .mapToInt(name -> name.isEmpty() ? LEFT_OUT : place(name))
                .toArray();
    }

    private int place(String name) {
        return places.computeIfAbsent(name, key -> places.size());
    }

    private void markLast() {
        Set<Integer> kept = new HashSet<>(parameters.keySet());
        kept.addAll(constants.keySet());
        graph.inputs().forEach(input -> kept.add(places.get(input.name())));
        graph.outputs().forEach(output -> kept.add(places.get(output.name())));
        for (int i = steps.size() - 1; i >= 0; i--) {
            PlannedNode step = steps.get(i);
            List<Integer> last = new ArrayList<>();
            for (int[] touched : new int[][] {step.inputs, step.outputs}) {
                for (int place : touched) {
                    if (place != LEFT_OUT && kept.add(place)) {
                        last.add(place);
                    }
                }
            }
            int[] released = last.stream().mapToInt(Integer::intValue).toArray();
            steps.set(i, new PlannedNode(step.node, step.operator, step.host, step.inputs, step.outputs, released));
        }
    }

    /** Names of the inputs, in their order. */
    List<String> inputs() {
        return graph.inputs().stream().map(ValueInfo::name).toList();
    }

    /** The engine's type of an input. */
    DataType inputType(int input) {
        return HostTensors.type(graph.inputs().get(input).type()).orElseThrow();
    }

    /**
     * Computes the outputs, in the order of the graph.
     *
     * @param inputs in the order of the graph; they stay open
     * @param current the array of a parameter on the device of the run
     */
    NDList run(ForwardPass run, NDList inputs, Function<Parameter, NDArray> current) {
        BlockValue[] values = new BlockValue[places.size()];
        constants.forEach((place, value) -> values[place] = value);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            parameters.forEach(
                    (place, parameter) -> values[place] = BlockValue.of(parameter, current.apply(parameter)));
            for (int i = 0; i < graph.inputs().size(); i++) {
                values[places.get(graph.inputs().get(i).name())] = BlockValue.of(inputs.get(i));
            }
            NDList given = new NDList(inputs);
            for (PlannedNode step : steps) {
                compute(step, run, values);
            }
            NDList results = new NDList();
            for (ValueInfo output : graph.outputs()) {
                results.add(result(values[places.get(output.name())], output.name(), run, given));
            }
            return results;
        }
    }

    private static void compute(PlannedNode step, ForwardPass run, BlockValue[] values) {
        List<Optional<BlockValue>> inputs = new ArrayList<>(step.inputs.length);
        for (int place : step.inputs) {
            inputs.add(place == LEFT_OUT ? Optional.empty() : Optional.of(values[place]));
        }
        try {
            Optional<BlockValue> host =
                    step.host ? HostArithmetic.compute(step.node, inputs).map(BlockValue::of) : Optional.empty();
            if (host.isPresent()) {
                values[step.outputs[0]] = host.get();
            } else {
                NDList results = step.operator.apply(new OperatorInputs(run, inputs));
                for (int i = 0; i < step.outputs.length; i++) {
                    if (step.outputs[i] != LEFT_OUT) {
                        values[step.outputs[i]] = BlockValue.of(results.get(i));
                    }
                }
            }
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    step.node.describe() + " cannot compute inputs of " + shapes(inputs) + ": " + e.getMessage(), e);
        }
        for (int place : step.last) {
            values[place].release();
        }
    }

    private static List<String> shapes(List<Optional<BlockValue>> inputs) {
        return inputs.stream()
                .map(input -> input.map(value -> java.util.Arrays.toString(value.dims()))
                        .orElse("nothing"))
                .toList();
    }

    /** An output that belongs to the caller: never an input, a parameter or a constant itself. */
    private static NDArray result(BlockValue value, String name, ForwardPass run, NDList given) {
        NDArray array = value.array(run);
        boolean own = value.host().isEmpty()
                && value.parameter().isEmpty()
                && given.stream().noneMatch(x -> x == array);
        NDArray result = own ? array : array.duplicate();
        result.attach(run.manager());
        NDScope.unregister(result);
        result.setName(name);
        return result;
    }
}
