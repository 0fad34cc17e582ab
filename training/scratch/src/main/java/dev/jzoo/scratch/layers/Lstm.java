package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.WeightInit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A long short-term memory (Hochreiter and Schmidhuber, 1997, with a forget gate), from [batch, steps, features] to the states [batch,
 * steps, units], starting from state and cell 0:
 *
 * <pre>
 * i, f, g, o = sigmoid, sigmoid, tanh, sigmoid of the four parts of x[t] W + h[t-1] R + b
 * c[t] = f c[t-1] + i g
 * h[t] = o tanh c[t]
 * </pre>
 *
 * The cell passes its gradient on multiplied with f only, which is why it reaches further back than that of a {@link SimpleRnn}.
 */
public final class Lstm implements NeuralLayer {

    /** The values of one step that its gradient needs. */
    private record LstmStep(Array input, Array state, Array cell, Array i, Array f, Array g, Array o, Array tanhCell) {}

    private final Weight input;
    private final Weight recurrent;
    private final Weight bias;
    private final int units;
    private final List<LstmStep> steps = new ArrayList<>();

    /** Creates a layer with initial weights, [features, 4 units], [units, 4 units] and [4 units], gates in the order i, f, g, o. */
    public Lstm(Array input, Array recurrent, Array bias) {
        this.input = new Weight("input", input);
        this.recurrent = new Weight("recurrent", recurrent);
        this.bias = new Weight("bias", bias);
        this.units = recurrent.size(0);
    }

    /** Creates a layer with random weights, and biases of 0. */
    public static Lstm of(int features, int units, WeightInit init, Random random) {
        return new Lstm(
                init.draw(random, features, units, features, 4 * units),
                init.draw(random, units, units, units, 4 * units),
                Array.zeros(4 * units));
    }

    @Override
    public Array forward(Array sequences, Phase phase) {
        steps.clear();
        int batch = sequences.size(0);
        Array states = Array.zeros(batch, sequences.size(1), units);
        Array state = Array.zeros(batch, units);
        Array cell = Array.zeros(batch, units);
        for (int t = 0; t < sequences.size(1); t++) {
            Array x = Sequences.step(sequences, t);
            Array sum = x.dot(input.value()).plus(state.dot(recurrent.value())).addToRows(bias.value());
            Array i = gate(sum, 0).map(Elementwise.Function.SIGMOID::at);
            Array f = gate(sum, 1).map(Elementwise.Function.SIGMOID::at);
            Array g = gate(sum, 2).map(Math::tanh);
            Array o = gate(sum, 3).map(Elementwise.Function.SIGMOID::at);
            Array next = f.times(cell).plus(i.times(g));
            Array tanhCell = next.map(Math::tanh);
            steps.add(new LstmStep(x, state, cell, i, f, g, o, tanhCell));
            cell = next;
            state = o.times(tanhCell);
            Sequences.setStep(states, t, state);
        }
        return states;
    }

    private Array gate(Array sum, int number) {
        return Sequences.columns(sum, number * units, units);
    }

    @Override
    public Array backward(Array gradient) {
        int batch = gradient.size(0);
        Array inputGradient = Array.zeros(input.value().shape());
        Array recurrentGradient = Array.zeros(recurrent.value().shape());
        Array biasGradient = Array.zeros(4 * units);
        Array before = Array.zeros(batch, steps.size(), input.value().size(0));
        Array nextState = Array.zeros(batch, units);
        Array nextCell = Array.zeros(batch, units);
        for (int t = steps.size() - 1; t >= 0; t--) {
            LstmStep m = steps.get(t);
            Array dh = Sequences.step(gradient, t).plus(nextState);
            Array dc = dh.times(m.o).times(m.tanhCell.map(c -> 1 - c * c)).plus(nextCell);
            Array sum = Sequences.concatenated(
                    dc.times(m.g).times(m.i.map(Lstm::sigmoidSlope)),
                    dc.times(m.cell).times(m.f.map(Lstm::sigmoidSlope)),
                    dc.times(m.i).times(m.g.map(g -> 1 - g * g)),
                    dh.times(m.tanhCell).times(m.o.map(Lstm::sigmoidSlope)));
            inputGradient = inputGradient.plus(m.input.transposedDot(sum));
            recurrentGradient = recurrentGradient.plus(m.state.transposedDot(sum));
            biasGradient = biasGradient.plus(sum.sumOfRows());
            Sequences.setStep(before, t, sum.dotTransposed(input.value()));
            nextState = sum.dotTransposed(recurrent.value());
            nextCell = dc.times(m.f);
        }
        input.setGradient(inputGradient);
        recurrent.setGradient(recurrentGradient);
        bias.setGradient(biasGradient);
        return before;
    }

    private static double sigmoidSlope(double y) {
        return y * (1 - y);
    }

    @Override
    public List<Weight> weights() {
        return List.of(input, recurrent, bias);
    }
}
