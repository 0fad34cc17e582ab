package dev.jzoo.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A builder of graphs, node by node. It rejects a node that the operator's schema does not allow under the graph's opset as
 * soon as it is added. The exception is an IllegalStateException, since the program that adds the node is wrong.
 *
 * <pre>{@code
 * String y = builder.op("Conv", x, weight, bias).ints("strides", 2, 2).ints("pads", 1, 1, 1, 1).emit();
 * }</pre>
 *
 * You may write a node in any form that its operator has had since opset 13: axes as an attribute or as an input, settings
 * at their defaults. The builder converts it to the form of the graph's opset, and composes some newer operators from older
 * ones ({@link #supports(String)}).
 *
 * <p>Nodes are named after the scope in which they are added: in scope "features/3" the node is "/features/3/Conv" and
 * writes "/features/3/Conv_output_0". Not safe for several threads.
 */
public final class GraphBuilder {

    /** The oldest opset that graphs are built for. */
    public static final int OLDEST_OPSET = 13;

    /** The newest opset that graphs are built for. */
    public static final int NEWEST_OPSET = 23;

    private final int opset;
    private final List<ValueInfo> inputs = new ArrayList<>();
    private final List<ValueInfo> outputs = new ArrayList<>();
    private final Map<String, TensorData> weights = new LinkedHashMap<>();
    private final Map<String, TensorData> constants = new LinkedHashMap<>();
    private final Map<TensorData, String> constantNames = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, ValueInfo> values = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private String scope = "";

    /**
     * Creates a builder of an empty graph.
     *
     * @param opset version of the standard operators, 13 to 23
     */
    public GraphBuilder(int opset) {
        if (opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
            throw new IllegalArgumentException(
                    "The opset of a graph is " + OLDEST_OPSET + " to " + NEWEST_OPSET + ", not " + opset + ".");
        }
        this.opset = opset;
    }

    /** Returns the version of the standard operators. */
    public int opset() {
        return opset;
    }

    /** Returns whether an operator can be added: the opset has it, or it can be composed from older operators. */
    public boolean supports(String opType) {
        return OperatorSet.find(opType, opset).isPresent() || Lowering.exists(opType);
    }

    /**
     * Returns whether the opset's operator has this attribute. For example, AveragePool has "dilations" from opset 19 on.
     */
    public boolean supports(String opType, String attribute) {
        return OperatorSet.find(opType, opset)
                .filter(schema -> schema.hasAttribute(attribute))
                .isPresent();
    }

    /** Sets the scope of the nodes added from now on: a path such as "features/3", or empty for none. */
    public GraphBuilder scope(String path) {
        scope = path.isEmpty() ? "" : "/" + path;
        return this;
    }

    /** Adds an input and returns its name. */
    public String input(ValueInfo input) {
        inputs.add(input);
        return claim(input.name());
    }

    /** Makes a tensor an output. */
    public void output(ValueInfo output) {
        outputs.add(output);
    }

    /**
     * Adds a weight under its own name, such as "features.3.weight". If the name is in use, a number is appended. Returns
     * the name.
     */
    public String weight(String name, TensorData value) {
        String claimed = unique(name);
        weights.put(claimed, value);
        return claimed;
    }

    /** Adds a small constant and returns its name. Equal constants are added once. */
    public String constant(TensorData value) {
        return constantNames.computeIfAbsent(value, tensor -> {
            String name = unique("/constant");
            constants.put(name, tensor);
            return name;
        });
    }

    /** Adds a constant list of one integer. Without this overload Java would widen the integer to float. */
    public String constant(long value) {
        return constant(TensorData.vector(value));
    }

    /** Adds a constant list of integers. */
    public String constant(long... values) {
        return constant(TensorData.vector(values));
    }

    /** Adds a constant number, of shape []. */
    public String constant(float value) {
        return constant(TensorData.scalar(value));
    }

    /** Records the type and shape of a tensor between nodes. */
    public void describe(ValueInfo value) {
        values.put(value.name(), value);
    }

    /** Starts a node of a standard operator. An empty input name omits an optional input. */
    public NodeBuilder op(String opType, String... inputs) {
        return new NodeBuilder(opType, List.of(inputs));
    }

    /** Starts a node of a standard operator. */
    public NodeBuilder op(String opType, List<String> inputs) {
        return new NodeBuilder(opType, inputs);
    }

    /**
     * Gives a tensor its name as an output and returns the name. A tensor that no node writes, or that a node already
     * reads, is copied.
     */
    public String rename(String value, String name) {
        boolean read = nodes.stream().anyMatch(node -> node.inputs().contains(value));
        for (int i = 0; i < nodes.size() && !read; i++) {
            Node node = nodes.get(i);
            if (node.outputs().contains(value)) {
                claim(name);
                nodes.set(
                        i,
                        node.withOutputs(node.outputs().stream()
                                .map(output -> output.equals(value) ? name : output)
                                .toList()));
                return name;
            }
        }
        return op("Identity", value).emitAs(name);
    }

    /** Returns the graph, without weights that no node reads. */
    public Graph build(String name) {
        Set<String> read = new HashSet<>();
        nodes.forEach(node -> read.addAll(node.inputs()));
        Map<String, TensorData> initializers = new LinkedHashMap<>(weights);
        initializers.putAll(constants);
        initializers.keySet().retainAll(read);
        return new Graph(name, inputs, outputs, initializers, nodes, List.copyOf(values.values()));
    }

    /** Returns the value of a constant or weight of this graph. */
    Optional<TensorData> value(String name) {
        return Optional.ofNullable(constants.getOrDefault(name, weights.get(name)));
    }

    private String claim(String name) {
        if (!names.add(name)) {
            throw new IllegalStateException("The graph has two tensors named '" + name + "'.");
        }
        return name;
    }

    private String unique(String stem) {
        String name = stem;
        for (int i = 1; names.contains(name); i++) {
            name = stem + "_" + i;
        }
        return claim(name);
    }

    /** A node under construction. {@link #emit()} adds it. */
    public final class NodeBuilder {

        private final String opType;
        private final List<String> inputs;
        private final SortedMap<String, Attribute> attributes = new TreeMap<>();

        private NodeBuilder(String opType, List<String> inputs) {
            this.opType = opType;
            this.inputs = new ArrayList<>(inputs);
            while (!this.inputs.isEmpty()
                    && this.inputs.get(this.inputs.size() - 1).isEmpty()) {
                this.inputs.remove(this.inputs.size() - 1);
            }
        }

        public NodeBuilder attribute(String name, Attribute value) {
            attributes.put(name, value);
            return this;
        }

        public NodeBuilder integer(String name, long value) {
            return attribute(name, new Attribute.Int(value));
        }

        public NodeBuilder real(String name, double value) {
            return attribute(name, new Attribute.Real((float) value));
        }

        public NodeBuilder text(String name, String value) {
            return attribute(name, new Attribute.Text(value));
        }

        public NodeBuilder ints(String name, long... values) {
            return attribute(name, Attribute.ints(values));
        }

        /** Adds the node and returns the name of its single output. */
        public String emit() {
            return emit(1).get(0);
        }

        /** Adds the node with this number of outputs and returns their names. */
        public List<String> emit(int count) {
            String node = nodeName();
            List<String> written = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                written.add(unique(node + "_output_" + i));
            }
            add(node, written);
            return written;
        }

        /** Adds the node, names its single output, and returns the name. */
        public String emitAs(String output) {
            add(nodeName(), List.of(claim(output)));
            return output;
        }

        /** Adds the node, which writes a tensor whose name is already reserved. */
        void emitInto(String claimed) {
            add(nodeName(), List.of(claimed));
        }

        private String nodeName() {
            return unique(scope + "/" + opType);
        }

        private void add(String name, List<String> written) {
            Node emitted = new Node(opType, "", name, inputs, written, attributes);
            if (Lowering.isDue(emitted, opset)) {
                String outer = scope;
                scope = name;
                Lowering.lower(emitted, GraphBuilder.this);
                scope = outer;
                return;
            }
            Node node = OperatorForm.inForce(emitted, GraphBuilder.this);
            List<String> faults = new ArrayList<>(OperatorSet.faults(node, opset));
            for (String input : node.inputs()) {
                if (!input.isEmpty() && !names.contains(input)) {
                    faults.add(node.describe() + ": reads '" + input + "', which no node before it writes.");
                }
            }
            if (!faults.isEmpty()) {
                throw new IllegalStateException(String.join(" ", faults));
            }
            nodes.add(node);
        }
    }
}
