package dev.jzoo.labs.backpropagation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.Figure;
import dev.jzoo.report.GraphDrawing;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** A network as a graph of single operations, walked forwards for the output and backwards for the gradients. */
public final class ComputationGraphLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo(
                "computation-graph",
                "The computation graph",
                "What does a framework record while a network computes?",
                Chapter.BACKPROPAGATION);
    }

    /** A network of dense layers with tanh between them, whose parts are single numbers. */
    private record ScalarNetwork(List<Value> inputs, List<Value> weights, Value output) {

        /** Computes the network for some inputs; sizes are those of the input, the hidden layers and the output, 1. */
        static ScalarNetwork of(int[] sizes, Random random) {
            List<Value> inputs = new ArrayList<>();
            List<Value> weights = new ArrayList<>();
            for (int i = 0; i < sizes[0]; i++) {
                inputs.add(Value.of(random.nextGaussian()));
            }
            List<Value> layer = inputs;
            for (int k = 1; k < sizes.length; k++) {
                List<Value> next = new ArrayList<>();
                for (int unit = 0; unit < sizes[k]; unit++) {
                    Value sum = Value.of(random.nextGaussian());
                    weights.add(sum);
                    for (Value x : layer) {
                        Value w = Value.of(random.nextGaussian() / Math.sqrt(layer.size()));
                        weights.add(w);
                        sum = sum.plus(w.times(x)); // $z larr z + w_i x_i$
                    }
                    next.add(k < sizes.length - 1 ? sum.tanh() : sum); // $h = tanh z$
                }
                layer = next;
            }
            return new ScalarNetwork(inputs, weights, layer.get(0));
        }

        /** Returns the number of operations that the formulas of the layers contain. */
        static int operations(int[] sizes) {
            int operations = 0;
            for (int k = 1; k < sizes.length; k++) {
                operations += 2 * sizes[k - 1] * sizes[k]; // a product and a sum for each weight
                operations += k < sizes.length - 1 ? sizes[k] : 0; // a tanh for each hidden unit
            }
            return operations;
        }

        /** Returns the number of nodes that are results of an operation. */
        long operationNodes() {
            return output.graph().stream()
                    .filter(value -> !value.operation().isEmpty())
                    .count();
        }
    }

    /** Draws the graph of a value: each box with its number and, after a backward pass, its gradient. */
    private static Figure draw(Value result, Map<Value, String> names, String caption) {
        GraphDrawing drawing = GraphDrawing.empty();
        List<Value> graph = result.graph();
        for (int i = 0; i < graph.size(); i++) {
            Value value = graph.get(i);
            drawing.node(
                    Integer.toString(i),
                    names.getOrDefault(value, value.operation()),
                    String.format(Locale.ROOT, "value %.3f", value.data()),
                    String.format(Locale.ROOT, "gradient %.3f", value.gradient()));
        }
        for (int i = 0; i < graph.size(); i++) {
            for (Value operand : graph.get(i).operands()) {
                drawing.edge(Integer.toString(graph.indexOf(operand)), Integer.toString(i));
            }
        }
        return drawing.figure(caption);
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                While a program computes, it can record what it does: one **node** for each operation, with an arrow from each operand.
                The result is a graph without circles. *Forwards*, each node combines the numbers of its operands. *Backwards*, each node
                takes the gradient of its result and passes a share to each operand. A node never needs to know more than its neighbours,
                which is why a framework of a hundred operations can differentiate any network.

                This is one neuron of two inputs, $tanh(b + w_1 x_1 + w_2 x_2)$, after both passes.
                """);
        Value b = Value.of(0.5);
        Value w1 = Value.of(-1);
        Value w2 = Value.of(2);
        Value x1 = Value.of(1);
        Value x2 = Value.of(0.4);
        Value neuron = b.plus(w1.times(x1)).plus(w2.times(x2)).tanh();
        neuron.backward();
        page.figure(draw(
                neuron,
                Map.of(b, "b", w1, "w1", x1, "x1", w2, "w2", x2, "x2"),
                "Values flow from left to right, gradients from right to left."));
        double slope = 1 - Math.pow(Math.tanh(0.5 - 1 + 0.8), 2); // $1 - tanh^2(b + w_1 x_1 + w_2 x_2)$
        page.claim("The gradient of b is that of the formula.").near(b.gradient(), slope, 1e-15);
        page.claim("The gradient of w2 is x2 times as large.").near(w2.gradient(), 0.4 * slope, 1e-15);

        page.text("""
                A network is the same with more nodes. Each weight needs a product and a sum, each hidden unit one tanh, so the size of
                the graph follows from the formulas: for layers of $n_0, n_1, ..., n_K$ units it is

                $$sum_(k=1)^K 2 n_(k-1) n_k + sum_(k=1)^(K-1) n_k$$

                The program does not know this sum. It records, and we count.
                """);
        int[][] networks = {{2, 3, 1}, {4, 8, 8, 1}, {10, 16, 16, 16, 1}};
        Table table = Table.captioned("Operations by formula, and nodes that were recorded.")
                .text("layers")
                .whole("weights")
                .whole("operations")
                .whole("nodes");
        long unequal = 0;
        for (int[] sizes : networks) {
            ScalarNetwork network = ScalarNetwork.of(sizes, page.random());
            long nodes = network.operationNodes();
            unequal += Math.abs(nodes - ScalarNetwork.operations(sizes));
            StringBuilder layers = new StringBuilder();
            for (int size : sizes) {
                layers.append(layers.length() == 0 ? "" : "-").append(size);
            }
            table.row(layers.toString(), network.weights().size(), ScalarNetwork.operations(sizes), nodes);
        }
        page.table(table);
        page.claim("Each graph has as many nodes as operations (sum of the differences).")
                .equal(unequal, 0);

        page.text("""
                The backward pass visits the same nodes in the opposite order. The order matters: a node may pass its gradient on only
                when all nodes that use it have added theirs. A *topological order*, each node after its operands, turned around, is
                enough.
                """);
        ScalarNetwork small = ScalarNetwork.of(networks[0], page.random());
        small.output().backward();
        List<Value> order = small.output().graph();
        int early = 0;
        for (int i = 0; i < order.size(); i++) {
            for (Value operand : order.get(i).operands()) {
                early += order.indexOf(operand) < i ? 0 : 1;
            }
        }
        Map<Value, String> names = new HashMap<>();
        small.weights().forEach(weight -> names.put(weight, "weight"));
        small.inputs().forEach(input -> names.put(input, "input"));
        page.figure(draw(small.output(), names, "The graph of the 2-3-1 network, with values and gradients."));
        page.claim("Every node comes after its operands (nodes that do not).").equal(early, 0);
        double throughInputs = 0;
        double throughHidden = 0;
        for (Value input : small.inputs()) {
            throughInputs += input.gradient() * input.data(); // $sum_i x_i (del y)/(del x_i)$
        }
        for (int unit = 0; unit < 3; unit++) {
            for (int i = 1; i <= 2; i++) {
                Value w = small.weights().get(3 * unit + i);
                throughHidden += w.gradient() * w.data(); // $sum_(i j) w_(i j) (del y)/(del w_(i j))$
            }
        }
        page.claim("Inputs and first weights enter as products w x only, so Σ x dy/dx = Σ w dy/dw.")
                .near(throughInputs, throughHidden, 1e-12);
    }
}
