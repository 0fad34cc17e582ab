package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.WeightInit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A gated recurrent unit (Cho et al., 2014, with the reset gate after the recurrent weights, as in cuDNN), from [batch, steps, features]
 * to the states [batch, steps, units], starting from state 0:
 *
 * <pre>
 * r, z = sigmoid of the first two parts of x[t] W + b + h[t-1] R + c
 * n = tanh(x[t] W_n + b_n + r (h[t-1] R_n + c_n))
 * h[t] = (1 - z) n + z h[t-1]
 * </pre>
 */
public final class Gru implements NeuralLayer {

    private record GruStep(Array input, Array state, Array r, Array z, Array n, Array recurrentPart) {}

    private final Weight input;
    private final Weight recurrent;
    private final Weight bias;
    private final Weight recurrentBias;
    private final int units;
    private final List<GruStep> steps = new ArrayList<>();

    /** Creates a layer with initial weights, [features, 3 units], [units, 3 units], [3 units] and [3 units], gates in the order r, z, n. */
    public Gru(Array input, Array recurrent, Array bias, Array recurrentBias) {
        this.input = new Weight("input", input);
        this.recurrent = new Weight("recurrent", recurrent);
        this.bias = new Weight("bias", bias);
        this.recurrentBias = new Weight("recurrentBias", recurrentBias);
        this.units = recurrent.size(0);
    }

    /** Creates a layer with random weights, and biases of 0. */
    public static Gru of(int features, int units, WeightInit init, Random random) {
        return new Gru(
                init.draw(random, features, units, features, 3 * units),
                init.draw(random, units, units, units, 3 * units),
                Array.zeros(3 * units),
                Array.zeros(3 * units));
    }

    @Override
    public Array forward(Array sequences, Phase phase) {
        steps.clear();
        int batch = sequences.size(0);
        Array states = Array.zeros(batch, sequences.size(1), units);
        Array state = Array.zeros(batch, units);
        for (int t = 0; t < sequences.size(1); t++) {
            Array x = Sequences.step(sequences, t);
            Array fromInput = x.dot(input.value()).addToRows(bias.value());
            Array fromState = state.dot(recurrent.value()).addToRows(recurrentBias.value());
            Array r = gate(fromInput, 0).plus(gate(fromState, 0)).map(Elementwise.Function.SIGMOID::at);
            Array z = gate(fromInput, 1).plus(gate(fromState, 1)).map(Elementwise.Function.SIGMOID::at);
            Array n = gate(fromInput, 2).plus(r.times(gate(fromState, 2))).map(Math::tanh);
            steps.add(new GruStep(x, state, r, z, n, gate(fromState, 2)));
            state = z.map(v -> 1 - v).times(n).plus(z.times(state));
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
        Array biasGradient = Array.zeros(3 * units);
        Array recurrentBiasGradient = Array.zeros(3 * units);
        Array before = Array.zeros(batch, steps.size(), input.value().size(0));
        Array nextState = Array.zeros(batch, units);
        for (int t = steps.size() - 1; t >= 0; t--) {
            GruStep m = steps.get(t);
            Array dh = Sequences.step(gradient, t).plus(nextState);
            Array dn = dh.times(m.z.map(z -> 1 - z)).times(m.n.map(n -> 1 - n * n));
            Array dr = dn.times(m.recurrentPart).times(m.r.map(r -> r * (1 - r)));
            Array dz = dh.times(m.state.minus(m.n)).times(m.z.map(z -> z * (1 - z)));
            Array inputSum = Sequences.concatenated(dr, dz, dn);
            Array stateSum = Sequences.concatenated(dr, dz, dn.times(m.r));
            inputGradient = inputGradient.plus(m.input.transposedDot(inputSum));
            recurrentGradient = recurrentGradient.plus(m.state.transposedDot(stateSum));
            biasGradient = biasGradient.plus(inputSum.sumOfRows());
            recurrentBiasGradient = recurrentBiasGradient.plus(stateSum.sumOfRows());
            Sequences.setStep(before, t, inputSum.dotTransposed(input.value()));
            nextState = stateSum.dotTransposed(recurrent.value()).plus(dh.times(m.z));
        }
        input.setGradient(inputGradient);
        recurrent.setGradient(recurrentGradient);
        bias.setGradient(biasGradient);
        recurrentBias.setGradient(recurrentBiasGradient);
        return before;
    }

    @Override
    public List<Weight> weights() {
        return List.of(input, recurrent, bias, recurrentBias);
    }
}
