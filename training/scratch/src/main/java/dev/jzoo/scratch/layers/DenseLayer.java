package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.WeightInit;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A fully connected layer, y = x W + b, from [batch, inputs] to [batch, outputs].
 *
 * <pre>
 * dL/dW = xᵀ dL/dy,   dL/db = sum of the rows of dL/dy,   dL/dx = dL/dy Wᵀ
 * </pre>
 */
public final class DenseLayer implements NeuralLayer {

    private final Weight weight;
    private final Weight bias;
    private Array input;

    /**
     * Creates a layer with initial weights.
     *
     * @param weight [inputs, outputs]
     * @param bias [outputs]
     */
    public DenseLayer(Array weight, Array bias) {
        this.weight = new Weight("weight", weight);
        this.bias = new Weight("bias", bias);
    }

    /** Creates a layer with random weights, and biases of 0. */
    public static DenseLayer of(int inputs, int outputs, WeightInit init, Random random) {
        return new DenseLayer(init.draw(random, inputs, outputs, inputs, outputs), Array.zeros(outputs));
    }

    @Override
    public Array forward(Array input, Phase phase) {
        if (input.rank() != 2 || input.size(1) != weight.value().size(0)) {
            throw new IllegalArgumentException(
                    "A dense layer of inputs [batch, " + weight.value().size(0)
                            + "] cannot process the shape " + Arrays.toString(input.shape())
                            + ". Put a FlattenLayer before it if the examples have more than one axis.");
        }
        this.input = input;
        return input.dot(weight.value()).addToRows(bias.value());
    }

    @Override
    public Array backward(Array gradient) {
        setGradients(gradient);
        return gradient.dotTransposed(weight.value());
    }

    @Override
    public void setGradients(Array gradient) {
        weight.setGradient(input.transposedDot(gradient));
        bias.setGradient(gradient.sumOfRows());
    }

    @Override
    public List<Weight> weights() {
        return List.of(weight, bias);
    }
}
