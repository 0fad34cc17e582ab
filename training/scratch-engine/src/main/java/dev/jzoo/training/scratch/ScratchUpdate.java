package dev.jzoo.training.scratch;

import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.optimizers.GradientClipping;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The optimiser's step, by the formulas of {@link Optimizer}, with its state in its own arrays, so that it can be saved. The rules of the
 * scratch library cannot save theirs, do not decay weights except in Adam, and add Adam's epsilon at another place.
 */
final class ScratchUpdate {

    /** A weight, the decay that applies to it, and the optimiser's state for it. */
    private record TrainedWeight(Weight weight, double decay, double[][] state) {}

    private final Optimizer optimizer;
    private final double maxNorm;
    private final List<Weight> weights;
    private final List<TrainedWeight> trained = new ArrayList<>();
    private long steps;

    ScratchUpdate(Plan plan, List<Weight> weights) {
        optimizer = plan.optimizer();
        maxNorm = plan.maxGradientNorm();
        this.weights = weights;
        for (Weight weight : weights) {
            double decay = weight.value().rank() > 1 ? optimizer.weightDecay() : 0;
            trained.add(new TrainedWeight(
                    weight, decay, new double[states(optimizer)][weight.value().count()]));
        }
    }

    /** Returns the number of arrays that an optimiser keeps for a weight. */
    private static int states(Optimizer optimizer) {
        if (optimizer instanceof Optimizer.Sgd sgd) {
            return sgd.momentum() == 0 ? 0 : 1;
        }
        return optimizer instanceof Optimizer.Nesterov ? 1 : 2;
    }

    /** Returns the number of steps so far. */
    long steps() {
        return steps;
    }

    /** Changes the weights. Returns false without any change if clipping finds a gradient that is not finite. */
    boolean step(double rate) {
        double scale = 1;
        if (!Double.isInfinite(maxNorm)) {
            double norm = GradientClipping.norm(weights);
            if (!Double.isFinite(norm)) {
                return false;
            }
            scale = Math.min(1, maxNorm / norm);
        }
        steps++;
        for (TrainedWeight each : trained) {
            if (optimizer instanceof Optimizer.Sgd sgd) {
                descend(each, sgd, rate, scale);
            } else if (optimizer instanceof Optimizer.Nesterov nesterov) {
                descend(each, nesterov, rate, scale);
            } else if (optimizer instanceof Optimizer.Adam adam) {
                descend(each, adam, rate, scale);
            }
        }
        return true;
    }

    /** Sets v = momentum v + g + decay w, then w -= rate v. */
    private static void descend(TrainedWeight each, Optimizer.Sgd sgd, double rate, double scale) {
        double[] w = each.weight.value().values();
        double[] g = each.weight.gradient().values();
        if (sgd.momentum() == 0) {
            for (int i = 0; i < w.length; i++) {
                w[i] -= rate * (scale * g[i] + each.decay * w[i]);
            }
            return;
        }
        double[] v = each.state[0];
        for (int i = 0; i < w.length; i++) {
            v[i] = sgd.momentum() * v[i] + scale * g[i] + each.decay * w[i];
            w[i] -= rate * v[i];
        }
    }

    /** Sets d = g + decay w and v = momentum v + d, then w -= rate (d + momentum v). */
    private static void descend(TrainedWeight each, Optimizer.Nesterov nesterov, double rate, double scale) {
        double[] w = each.weight.value().values();
        double[] g = each.weight.gradient().values();
        double[] v = each.state[0];
        for (int i = 0; i < w.length; i++) {
            double direction = scale * g[i] + each.decay * w[i];
            v[i] = nesterov.momentum() * v[i] + direction;
            w[i] -= rate * (direction + nesterov.momentum() * v[i]);
        }
    }

    /**
     * Takes a step of Adam, with step number t:
     *
     * <pre>
     * m = beta1 m + (1 - beta1) g,   s = beta2 s + (1 - beta2) g²
     * w -= rate decay w + rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(s) + epsilon)
     * </pre>
     */
    private void descend(TrainedWeight each, Optimizer.Adam adam, double rate, double scale) {
        double[] w = each.weight.value().values();
        double[] g = each.weight.gradient().values();
        double[] m = each.state[0];
        double[] s = each.state[1];
        double corrected = rate * Math.sqrt(1 - Math.pow(adam.beta2(), steps)) / (1 - Math.pow(adam.beta1(), steps));
        double kept = 1 - rate * each.decay;
        for (int i = 0; i < w.length; i++) {
            double gradient = scale * g[i];
            m[i] = adam.beta1() * m[i] + (1 - adam.beta1()) * gradient;
            s[i] = adam.beta2() * s[i] + (1 - adam.beta2()) * gradient * gradient;
            w[i] = kept * w[i] - corrected * m[i] / (Math.sqrt(s[i]) + adam.epsilon());
        }
    }

    /** Writes the number of steps and the state of each weight. */
    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeLong(steps);
        for (TrainedWeight each : trained) {
            for (double[] state : each.state) {
                WeightFile.writeNumbers(data, state);
            }
        }
        data.flush();
    }

    /** Reads what {@link #write} wrote. */
    void read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        steps = data.readLong();
        for (TrainedWeight each : trained) {
            for (double[] state : each.state) {
                WeightFile.readNumbers(data, state, "the optimiser's state of '" + each.weight.name() + "'");
            }
        }
    }
}
