package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.WeightInit;
import java.util.List;
import java.util.Random;

/**
 * A simple recurrent layer (Elman, 1990), from [batch, steps, features] to the states [batch, steps, units], starting from state 0:
 *
 * <pre>
 * h[t] = tanh(x[t] W + h[t-1] R + b)
 * </pre>
 *
 * {@link #backward} is backpropagation through time: with a[t] the argument of tanh, dL/da[t] = (1 - h[t]²) (dL/dh[t] + dL/da[t+1] Rᵀ).
 * A truncation of k steps drops the term from step t+1 whenever t+1 is a multiple of k.
 */
public final class SimpleRnn implements NeuralLayer {

    private final Weight input;
    private final Weight recurrent;
    private final Weight bias;
    private final int truncation;
    private Array sequences = Array.zeros(0, 0, 0);
    private Array states = Array.zeros(0, 0, 0);

    /** Creates a layer with initial weights, [features, units], [units, units] and [units], and full backpropagation through time. */
    public SimpleRnn(Array input, Array recurrent, Array bias) {
        this(input, recurrent, bias, Integer.MAX_VALUE);
    }

    /**
     * Creates a layer with truncated backpropagation through time.
     *
     * @param truncation number of steps after which the gradient stops
     */
    public SimpleRnn(Array input, Array recurrent, Array bias, int truncation) {
        this.input = new Weight("input", input);
        this.recurrent = new Weight("recurrent", recurrent);
        this.bias = new Weight("bias", bias);
        this.truncation = truncation;
    }

    /** Creates a layer with random weights, and biases of 0. */
    public static SimpleRnn of(int features, int units, WeightInit init, Random random) {
        return new SimpleRnn(
                init.draw(random, features, units, features, units),
                init.draw(random, units, units, units, units),
                Array.zeros(units));
    }

    @Override
    public Array forward(Array sequences, Phase phase) {
        this.sequences = sequences;
        int batch = sequences.size(0);
        states = Array.zeros(batch, sequences.size(1), bias.value().count());
        Array state = Array.zeros(batch, bias.value().count());
        for (int t = 0; t < sequences.size(1); t++) {
            Array sum = Sequences.step(sequences, t).dot(input.value()).plus(state.dot(recurrent.value()));
            state = sum.addToRows(bias.value()).map(Math::tanh);
            Sequences.setStep(states, t, state);
        }
        return states;
    }

    @Override
    public Array backward(Array gradient) {
        int batch = sequences.size(0);
        int units = bias.value().count();
        Array inputGradient = Array.zeros(input.value().shape());
        Array recurrentGradient = Array.zeros(recurrent.value().shape());
        Array biasGradient = Array.zeros(units);
        Array before = Array.zeros(sequences.shape());
        Array fromNextStep = Array.zeros(batch, units);
        for (int t = sequences.size(1) - 1; t >= 0; t--) {
            Array state = Sequences.step(states, t);
            Array previous = t == 0 ? Array.zeros(batch, units) : Sequences.step(states, t - 1);
            Array sum =
                    state.map(h -> 1 - h * h).times(Sequences.step(gradient, t).plus(fromNextStep));
            inputGradient = inputGradient.plus(Sequences.step(sequences, t).transposedDot(sum));
            recurrentGradient = recurrentGradient.plus(previous.transposedDot(sum));
            biasGradient = biasGradient.plus(sum.sumOfRows());
            Sequences.setStep(before, t, sum.dotTransposed(input.value()));
            fromNextStep = t % truncation == 0 ? Array.zeros(batch, units) : sum.dotTransposed(recurrent.value());
        }
        input.setGradient(inputGradient);
        recurrent.setGradient(recurrentGradient);
        bias.setGradient(biasGradient);
        return before;
    }

    @Override
    public List<Weight> weights() {
        return List.of(input, recurrent, bias);
    }
}
