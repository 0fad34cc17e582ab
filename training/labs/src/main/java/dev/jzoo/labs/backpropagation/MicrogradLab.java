package dev.jzoo.labs.backpropagation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.GraphDrawing;
import dev.jzoo.report.Numerals;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Value;
import java.util.List;
import java.util.Map;

/** Automatic differentiation of single numbers: an expression that remembers how it was computed. */
public final class MicrogradLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo(
                "micrograd",
                "Micrograd",
                "How can a program differentiate any expression that it computes?",
                Chapter.BACKPROPAGATION);
    }

    /** Returns the expression of the micrograd project's page: every operation once. */
    private static Value expression(Value a, Value b) {
        Value c = a.plus(b); // $c = a + b$
        Value d = a.times(b).plus(b.power(3)); // $d = a b + b^3$
        c = c.plus(c.plus(1)); // $c larr c + (c + 1)$
        c = c.plus(c.plus(1)).minus(a); // $c larr c + 1 + c - a$
        d = d.plus(d.times(2)).plus(b.plus(a).relu());
        d = d.plus(d.times(3)).plus(b.minus(a).relu());
        Value e = c.minus(d);
        Value f = e.power(2);
        Value g = f.times(0.5); // $g = f/2 + 10/f$
        return g.plus(Value.of(10).dividedBy(f));
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                Each `Value` holds a number, the values it was computed from, and one line: how its gradient flows back to them. For a
                product $c = a b$ that line says $bar(a) = b bar(c)$ and $bar(b) = a bar(c)$, where $bar(x)$ is the
                derivative of the result with respect to $x$. Walking the graph backwards from the result applies the **chain rule**
                to everything at once. The design is Karpathy's micrograd.
                """);
        Value a = Value.of(-4);
        Value b = Value.of(2);
        Value g = expression(a, b);
        g.backward();
        page.print(
                "g = %.4f, dg/da = %.4f, dg/db = %.4f, %d values in the graph",
                g.data(), a.gradient(), b.gradient(), g.graph().size());
        page.published("micrograd prints g = 24.7041.").near(g.data(), 24.7041, 5e-5);
        page.published("It prints dg/da = 138.8338.").near(a.gradient(), 138.8338, 5e-5);
        page.published("It prints dg/db = 645.5773.").near(b.gradient(), 645.5773, 5e-5);

        page.text("""
                The whole graph of this expression is too large to read. For $a = -3$ and $b = 2$, these are its first two lines, $c = a + b$ and
                $d = a b + b^3$, and their product. Read the values from left to right and the gradients from right to left: at a sum,
                the gradient goes on unchanged; at a product, each operand gets it times the *other* operand. The value $b$ is used three
                times, so it collects three shares.
                """);
        Value p = Value.of(-3);
        Value q = Value.of(2);
        Value product = p.plus(q).times(p.times(q).plus(q.power(3))); // $f = (a + b)(a b + b^3)$
        product.backward();
        Map<Value, String> names = Map.of(p, "a", q, "b", product, "f = *");
        List<Value> graph = product.graph();
        GraphDrawing drawing = GraphDrawing.empty();
        for (int i = 0; i < graph.size(); i++) {
            Value value = graph.get(i);
            String label = names.getOrDefault(value, value.operation());
            String number = "value " + Numerals.decimal(value.data(), 1);
            String gradient = "gradient " + Numerals.decimal(value.gradient(), 1);
            drawing.node(Integer.toString(i), label, number, gradient);
        }
        for (Value value : graph) {
            for (Value operand : value.operands()) {
                drawing.edge(Integer.toString(graph.indexOf(operand)), Integer.toString(graph.indexOf(value)));
            }
        }
        page.figure(drawing.figure("The graph of (a + b)(a b + b³), with values and gradients."));
        // $(del f)/(del b) = (a b + b^3) + (a + b)(a + 3 b^2)$, here $2 + (-1)(9)$
        page.claim("The shares of b add up to the derivative by hand, -7.").near(q.gradient(), -7, 1e-12);

        page.text("""
                A published number can be copied; a **finite difference** cannot. It moves one input a little and looks how far the
                result moves: $(g(a + h) - g(a - h)) / (2 h)$.
                """);
        double h = 1e-5;
        double slopeA = (expression(Value.of(-4 + h), Value.of(2)).data()
                        - expression(Value.of(-4 - h), Value.of(2)).data())
                / (2 * h);
        double slopeB = (expression(Value.of(-4), Value.of(2 + h)).data()
                        - expression(Value.of(-4), Value.of(2 - h)).data())
                / (2 * h);
        page.table(Table.captioned("Derivatives by backpropagation and by finite difference.")
                .text("derivative")
                .decimal("backward()", 6)
                .decimal("difference", 6)
                .row("dg/da", a.gradient(), slopeA)
                .row("dg/db", b.gradient(), slopeB));
        page.claim("Backpropagation equals the finite difference for a (relative difference).")
                .atMost(Math.abs(a.gradient() - slopeA) / Math.abs(slopeA), 1e-6);
        page.claim("And for b.").atMost(Math.abs(b.gradient() - slopeB) / Math.abs(slopeB), 1e-6);
    }
}
