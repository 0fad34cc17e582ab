package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.Weight;
import java.util.List;

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
     * A layer with initial weights.
     *
     * @param weight [inputs, outputs]
     * @param bias [outputs]
     */
    public DenseLayer(Array weight, Array bias) {
        this.weight = new Weight("weight", weight);
        this.bias = new Weight("bias", bias);
    }

    @Override
    public Array forward(Array input, Phase phase) {
        this.input = input;
        return input.dot(weight.value()).addToRows(bias.value());
    }

    @Override
    public Array backward(Array gradient) {
        weight.setGradient(input.transposedDot(gradient));
        bias.setGradient(gradient.sumOfRows());
        return gradient.dotTransposed(weight.value());
    }

    @Override
    public List<Weight> weights() {
        return List.of(weight, bias);
    }
}
