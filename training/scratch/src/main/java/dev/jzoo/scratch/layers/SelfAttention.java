package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.WeightInit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Scaled dot-product self-attention with one head (Vaswani et al., 2017), from [batch, steps, features] to [batch, steps, size]:
 *
 * <pre>
 * Q = x W_q,  K = x W_k,  V = x W_v,   A = softmax of the rows of Q Kᵀ / sqrt(size),   y = A V
 * </pre>
 *
 * With a causal mask, a step only sees itself and the steps before it.
 */
public final class SelfAttention implements NeuralLayer {

    /** The steps that a step sees. */
    public enum AttentionMask {
        NONE,
        CAUSAL
    }

    private record AttendedExample(Array x, Array q, Array k, Array v, Array attention) {}

    private final Weight query;
    private final Weight key;
    private final Weight value;
    private final AttentionMask mask;
    private final List<AttendedExample> examples = new ArrayList<>();

    /** Creates a layer with three initial weights, [features, size] each. */
    public SelfAttention(Array query, Array key, Array value, AttentionMask mask) {
        this.query = new Weight("query", query);
        this.key = new Weight("key", key);
        this.value = new Weight("value", value);
        this.mask = mask;
    }

    /** Creates a layer with random weights. */
    public static SelfAttention of(int features, int size, AttentionMask mask, WeightInit init, Random random) {
        return new SelfAttention(
                init.draw(random, features, size, features, size),
                init.draw(random, features, size, features, size),
                init.draw(random, features, size, features, size),
                mask);
    }

    /** Returns the steps that a step sees. */
    public AttentionMask mask() {
        return mask;
    }

    /** Returns the attention of the last forward pass for an example, [steps, steps]: rows sum to 1. */
    public Array attention(int example) {
        return examples.get(example).attention.copy();
    }

    private double scale() {
        return 1 / Math.sqrt(query.value().size(1));
    }

    @Override
    public Array forward(Array input, Phase phase) {
        examples.clear();
        int batch = input.size(0);
        int steps = input.size(1);
        int features = input.size(2);
        int size = value.value().size(1);
        Array output = Array.zeros(batch, steps, size);
        Array rows = input.reshape(batch, steps * features);
        for (int n = 0; n < batch; n++) {
            Array x = rows.take(n).reshape(steps, features);
            Array q = x.dot(query.value());
            Array k = x.dot(key.value());
            Array v = x.dot(value.value());
            Array scores = q.dotTransposed(k).times(scale());
            if (mask == AttentionMask.CAUSAL) {
                for (int i = 0; i < steps; i++) {
                    for (int j = i + 1; j < steps; j++) {
                        scores.set(Double.NEGATIVE_INFINITY, i, j);
                    }
                }
            }
            Array attention = SoftmaxLayer.softmax(scores);
            examples.add(new AttendedExample(x, q, k, v, attention));
            System.arraycopy(attention.dot(v).values(), 0, output.values(), n * steps * size, steps * size);
        }
        return output;
    }

    @Override
    public Array backward(Array gradient) {
        int batch = gradient.size(0);
        int steps = gradient.size(1);
        Array queryGradient = Array.zeros(query.value().shape());
        Array keyGradient = Array.zeros(key.value().shape());
        Array valueGradient = Array.zeros(value.value().shape());
        Array before = Array.zeros(batch, steps, query.value().size(0));
        Array rows = gradient.reshape(batch, gradient.count() / batch);
        for (int n = 0; n < batch; n++) {
            AttendedExample m = examples.get(n);
            Array dy = rows.take(n).reshape(steps, gradient.size(2));
            Array dv = m.attention.transposedDot(dy);
            Array dScores =
                    SoftmaxLayer.backward(m.attention, dy.dotTransposed(m.v)).times(scale());
            Array dq = dScores.dot(m.k);
            Array dk = dScores.transposedDot(m.q);
            queryGradient = queryGradient.plus(m.x.transposedDot(dq));
            keyGradient = keyGradient.plus(m.x.transposedDot(dk));
            valueGradient = valueGradient.plus(m.x.transposedDot(dv));
            Array dx = dq.dotTransposed(query.value())
                    .plus(dk.dotTransposed(key.value()))
                    .plus(dv.dotTransposed(value.value()));
            System.arraycopy(dx.values(), 0, before.values(), n * dx.count(), dx.count());
        }
        query.setGradient(queryGradient);
        key.setGradient(keyGradient);
        value.setGradient(valueGradient);
        return before;
    }

    @Override
    public List<Weight> weights() {
        return List.of(query, key, value);
    }
}
