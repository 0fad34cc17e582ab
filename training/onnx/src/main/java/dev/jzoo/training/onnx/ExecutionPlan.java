package dev.jzoo.training.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import dev.jzoo.onnx.Attribute;
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
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The plan by which a graph runs: its nodes with their operators, in order. Each tensor has a slot. An array is closed
 * after the last node that reads it; intermediate arrays of operators are closed at the end of the pass. The engine
 * keeps what it needs for gradients.
 */
final class ExecutionPlan {

    private static final int LEFT_OUT = -1;

    /**
     * A node, with the slots of its inputs and outputs and of the tensors that are no longer read after it, and the
     * branches of an If.
     */
    private record PlannedNode(
            Node node,
            Operator operator,
            boolean host,
            int[] inputs,
            int[] outputs,
            int[] last,
            Map<String, PlannedBranch> branches) {

        PlannedNode releasing(int[] places) {
            return new PlannedNode(node, operator, host, inputs, outputs, places, branches);
        }
    }

    /** The steps of one branch of an If, and the slots of its results. */
    private record PlannedBranch(List<PlannedNode> steps, int[] results) {}

    private final Graph graph;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<Integer, Parameter> parameters = new HashMap<>();
    private final Map<Integer, BlockValue> constants = new HashMap<>();
    private final Set<String> varying = new HashSet<>();
    private final List<PlannedNode> steps;

    /**
     * Plans a graph.
     *
     * @param graph the graph in canonical form
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
        graph.inputs().forEach(input -> varying.add(input.name()));
        steps = planned(graph.nodes(), faults);
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

    private List<PlannedNode> planned(List<Node> nodes, List<String> faults) {
        List<PlannedNode> planned = new ArrayList<>();
        for (Node node : nodes) {
            try {
                planned.add(planned(node, faults));
            } catch (UnsupportedOperationException e) {
                faults.add(node.describe() + ": " + e.getMessage());
            } catch (RuntimeException e) {
                faults.add(node.describe() + ": its attributes are invalid: " + e.getMessage());
            }
        }
        return planned;
    }

    private PlannedNode planned(Node node, List<String> faults) {
        if (node.inputs().stream().anyMatch(varying::contains)) {
            varying.addAll(node.outputs());
        }
        Map<String, PlannedBranch> branches = new HashMap<>();
        Operator operator = call -> new NDList();
        if (Branches.isIf(node)) {
            node.attributes().forEach((name, attribute) -> {
                if (attribute instanceof Attribute.Subgraph branch) {
                    List<PlannedNode> inner = planned(branch.value().nodes(), faults);
                    List<String> results = branch.value().outputs().stream()
                            .map(ValueInfo::name)
                            .toList();
                    branches.put(name, new PlannedBranch(inner, places(results)));
                }
            });
            varying.addAll(node.outputs());
        } else if (!node.opType().equals("Shape") && !node.opType().equals("Size")) {
            operator = Operators.find(node)
                    .orElseThrow(() -> new UnsupportedOperationException("the operator is not supported"))
                    .of(new NodeAttributes(node, name -> !varying.contains(name)));
        }
        return new PlannedNode(
                node,
                operator,
                HostArithmetic.knows(node),
                places(node.inputs()),
                places(node.outputs()),
                new int[0],
                branches);
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
            for (int place : touched(step)) {
                if (place != LEFT_OUT && kept.add(place)) {
                    last.add(place);
                }
            }
            steps.set(
                    i, step.releasing(last.stream().mapToInt(Integer::intValue).toArray()));
        }
    }

    /** Returns the slots of a step's inputs and outputs, except slots that are written only in a branch. */
    private static Set<Integer> touched(PlannedNode step) {
        Set<Integer> touched = new LinkedHashSet<>();
        Set<Integer> inner = new HashSet<>();
        for (PlannedBranch branch : step.branches.values()) {
            for (PlannedNode each : branch.steps) {
                touched.addAll(touched(each));
                IntStream.of(each.outputs).forEach(inner::add);
            }
            IntStream.of(branch.results).forEach(touched::add);
        }
        touched.removeAll(inner);
        IntStream.of(step.inputs).forEach(touched::add);
        IntStream.of(step.outputs).forEach(touched::add);
        return touched;
    }

    /** Returns the batch that the file was written for. */
    FixedBatch batch() {
        return new FixedBatch(graph.inputs(), graph.outputs());
    }

    /** Returns the names of the inputs, in their order. */
    List<String> inputs() {
        return graph.inputs().stream().map(ValueInfo::name).toList();
    }

    /** Returns the engine's type of an input. */
    DataType inputType(int input) {
        return HostTensors.type(graph.inputs().get(input).type()).orElseThrow();
    }

    /**
     * Computes the outputs, in the order of the graph.
     *
     * @param inputs inputs in the order of the graph; they stay open
     * @param current returns the array of a parameter on the device of the run
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
            ForwardPass scaled = run.scaled(batch().scale(inputs));
            try {
                for (PlannedNode step : steps) {
                    compute(step, scaled, values);
                }
            } catch (IllegalArgumentException e) {
                throw fits(inputs) ? new UnsupportedGraphException(e.getMessage(), e) : e;
            }
            NDList results = new NDList();
            for (ValueInfo output : graph.outputs()) {
                results.add(result(values[places.get(output.name())], output.name(), run, given));
            }
            return results;
        }
    }

    /** Returns whether inputs match the file's declaration, so that a failure is the file's fault. */
    private boolean fits(NDList inputs) {
        for (int i = 0; i < inputs.size(); i++) {
            List<Dimension> shape = graph.inputs().get(i).shape();
            long[] dims = HostTensors.dims(inputs.get(i));
            if (inputs.get(i).getDataType() != inputType(i) || dims.length != shape.size()) {
                return false;
            }
            for (int axis = 0; axis < dims.length; axis++) {
                if (shape.get(axis) instanceof Dimension.FixedDimension fixed && fixed.size() != dims[axis]) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void compute(PlannedNode step, ForwardPass run, BlockValue[] values) {
        List<Optional<BlockValue>> inputs = new ArrayList<>(step.inputs.length);
        for (int place : step.inputs) {
            inputs.add(place == LEFT_OUT ? Optional.empty() : Optional.of(values[place]));
        }
        if (!step.branches.isEmpty()) {
            choose(step, run, values);
            release(step, values);
            return;
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
        release(step, values);
    }

    private static void release(PlannedNode step, BlockValue[] values) {
        for (int place : step.last) {
            if (values[place] != null) {
                values[place].release();
            }
        }
    }

    /** Computes the branch of an If that its condition selects. */
    private static void choose(PlannedNode step, ForwardPass run, BlockValue[] values) {
        boolean holds = values[step.inputs[0]].isTrue();
        PlannedBranch branch = step.branches.get(holds ? "then_branch" : "else_branch");
        branch.steps.forEach(inner -> compute(inner, run, values));
        for (int i = 0; i < step.outputs.length; i++) {
            if (step.outputs[i] != LEFT_OUT) {
                BlockValue result = values[branch.results[i]];
                values[step.outputs[i]] =
                        result.host().isPresent() ? result : BlockValue.of(OperatorInputs.view(result.array(run)));
            }
        }
    }

    private static List<String> shapes(List<Optional<BlockValue>> inputs) {
        return inputs.stream()
                .map(input -> input.map(value -> java.util.Arrays.toString(value.dims()))
                        .orElse("nothing"))
                .toList();
    }

    /** Returns an output that the caller owns: a copy, if the value is an input, a parameter or a constant. */
    private static NDArray result(BlockValue value, String name, ForwardPass run, NDList given) {
        NDArray array = value.array(run);
        boolean own = value.host().isEmpty()
                && value.parameter().isEmpty()
                && given.stream().noneMatch(x -> x == array);
        NDArray result = own ? array : OperatorInputs.copy(array);
        result.attach(run.manager());
        NDScope.unregister(result);
        result.setName(name);
        return result;
    }
}
