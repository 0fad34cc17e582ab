package dev.jzoo.scratch.optimizers;

import dev.jzoo.scratch.Weight;
import java.util.List;

/** Scales the gradient of all weights together down to a largest norm (Pascanu, Mikolov and Bengio, 2013). */
public final class GradientClipping {

    private GradientClipping() {}

    /** Returns the Euclidean norm of the gradient of all weights together. */
    public static double norm(List<Weight> weights) {
        double sum = 0;
        for (Weight weight : weights) {
            double norm = weight.gradient().norm();
            sum += norm * norm;
        }
        return Math.sqrt(sum);
    }

    /** Scales gradients whose norm is larger than the limit, and returns the norm before. */
    public static double clip(List<Weight> weights, double limit) {
        double norm = norm(weights);
        if (norm > limit) {
            weights.forEach(weight -> weight.setGradient(weight.gradient().times(limit / norm)));
        }
        return norm;
    }
}
