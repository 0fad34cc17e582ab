package dev.jzoo.scratch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ValueTest {

    /** The expression in micrograd's README, with the numbers that it prints. */
    @Test
    void knownExpressionHasThePublishedGradients() {
        Value a = Value.of(-4);
        Value b = Value.of(2);
        Value c = a.plus(b);
        Value d = a.times(b).plus(b.power(3));
        c = c.plus(c).plus(1);
        c = c.plus(1).plus(c).minus(a);
        d = d.plus(d.times(2)).plus(b.plus(a).relu());
        d = d.plus(d.times(3)).plus(b.minus(a).relu());
        Value e = c.minus(d);
        Value f = e.power(2);
        Value g = f.times(0.5).plus(Value.of(10).dividedBy(f));
        g.backward();
        assertEquals(24.7041, g.data(), 5e-5);
        assertEquals(138.8338, a.gradient(), 5e-5);
        assertEquals(645.5773, b.gradient(), 5e-5);
    }

    @Test
    void derivativeOfEveryFunctionIsItsFiniteDifference() {
        List<UnaryOperator<Value>> functions = List.of(
                x -> x.plus(x),
                x -> x.times(x),
                x -> x.power(3.5),
                Value::exp,
                Value::log,
                Value::tanh,
                Value::sin,
                Value::cos,
                Value::relu,
                Value::negate,
                x -> Value.of(2).minus(x),
                x -> Value.of(2).dividedBy(x),
                x -> Value.sum(x, x.exp(), x.times(3)));
        double h = 1e-5;
        for (UnaryOperator<Value> function : functions) {
            Value x = Value.of(0.7);
            Value y = function.apply(x);
            y.backward();
            double above = function.apply(Value.of(0.7 + h)).data();
            double below = function.apply(Value.of(0.7 - h)).data();
            assertEquals((above - below) / (2 * h), x.gradient(), 1e-8, y.operation());
        }
    }

    @Test
    void graphContainsEachValueOnceAfterItsOperands() {
        Value x = Value.of(3);
        Value square = x.times(x);
        Value sum = square.plus(x);
        List<Value> graph = sum.graph();
        assertEquals(3, graph.size());
        assertSame(x, graph.get(0));
        assertSame(square, graph.get(1));
        assertEquals("+", graph.get(2).operation());
        assertEquals(List.of(square, x), sum.operands());
    }

    @Test
    void backwardTwiceGivesTheSameGradient() {
        Value x = Value.of(3);
        Value y = x.times(x);
        y.backward();
        y.backward();
        assertEquals(6, x.gradient());
        x.set(5);
        assertEquals(9, y.data());
        assertTrue(y.toString().contains("9"));
    }
}
