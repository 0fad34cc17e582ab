package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.Weight;
import java.util.Arrays;
import java.util.List;

/**
 * Batch normalisation (Ioffe and Szegedy, 2015) of each channel of [batch, channels, ...]:
 *
 * <pre>
 * x̂ = (x - mean) / sqrt(variance + epsilon),   y = scale x̂ + shift
 * </pre>
 *
 * In training the mean and the variance are those of the batch, over all places, and running averages follow them: that of the variance
 * follows m / (m - 1) variance, the unbiased estimate. In inference the running averages are used. With m values for each channel, the gradient is
 *
 * <pre>
 * dL/dx = scale / (m sqrt(variance + epsilon)) (m dL/dy - sum dL/dy - x̂ sum(dL/dy x̂))
 * </pre>
 */
public final class BatchNorm implements NeuralLayer {

    private final Weight scale;
    private final Weight shift;
    private final double[] runningMean;
    private final double[] runningVariance;
    private final double momentum;
    private final double epsilon;
    private Phase phase = Phase.INFERENCE;
    private Array normalised = Array.zeros(0);
    private double[] deviation = {};

    /**
     * Creates a layer with scale 1, shift 0, running mean 0 and running variance 1.
     *
     * @param channels size of the second axis
     * @param momentum share of the running averages that a batch leaves, such as 0.9
     * @param epsilon added to the variance, such as 1e-5
     */
    public BatchNorm(int channels, double momentum, double epsilon) {
        double[] ones = new double[channels];
        Arrays.fill(ones, 1);
        this.scale = new Weight("scale", Array.of(ones.clone(), channels));
        this.shift = new Weight("shift", Array.zeros(channels));
        this.runningMean = new double[channels];
        this.runningVariance = ones;
        this.momentum = momentum;
        this.epsilon = epsilon;
    }

    /** Returns the running mean of each channel, itself. */
    public double[] runningMean() {
        return runningMean;
    }

    /** Returns the running variance of each channel, itself. */
    public double[] runningVariance() {
        return runningVariance;
    }

    /** Returns the number that is added to a variance. */
    public double epsilon() {
        return epsilon;
    }

    @Override
    public Array forward(Array input, Phase phase) {
        this.phase = phase;
        int channels = runningMean.length;
        int places = input.count() / input.size(0) / channels;
        int m = input.size(0) * places;
        normalised = Array.zeros(input.shape());
        deviation = new double[channels];
        Array output = Array.zeros(input.shape());
        for (int c = 0; c < channels; c++) {
            double mean = runningMean[c];
            double variance = runningVariance[c];
            if (phase == Phase.TRAINING) {
                mean = moment(input, c, channels, places, 0, 1) / m;
                variance = moment(input, c, channels, places, mean, 2) / m;
                runningMean[c] = momentum * runningMean[c] + (1 - momentum) * mean;
                runningVariance[c] = momentum * runningVariance[c] + (1 - momentum) * variance * m / Math.max(1, m - 1);
            }
            deviation[c] = Math.sqrt(variance + epsilon);
            for (int n = 0; n < input.size(0); n++) {
                for (int i = (n * channels + c) * places, end = i + places; i < end; i++) {
                    normalised.values()[i] = (input.values()[i] - mean) / deviation[c];
                    output.values()[i] = scale.value().get(c) * normalised.values()[i]
                            + shift.value().get(c);
                }
            }
        }
        return output;
    }

    /** Returns the sum of (x - centre)^power over the values of a channel. */
    private static double moment(Array input, int c, int channels, int places, double centre, int power) {
        double sum = 0;
        for (int n = 0; n < input.size(0); n++) {
            for (int i = (n * channels + c) * places, end = i + places; i < end; i++) {
                double distance = input.values()[i] - centre;
                sum += power == 1 ? distance : distance * distance;
            }
        }
        return sum;
    }

    @Override
    public Array backward(Array gradient) {
        int channels = runningMean.length;
        int places = gradient.count() / gradient.size(0) / channels;
        int m = gradient.size(0) * places;
        Array scaleGradient = Array.zeros(channels);
        Array shiftGradient = Array.zeros(channels);
        Array before = Array.zeros(gradient.shape());
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            double sumWithNormalised = 0;
            for (int n = 0; n < gradient.size(0); n++) {
                for (int i = (n * channels + c) * places, end = i + places; i < end; i++) {
                    sum += gradient.values()[i];
                    sumWithNormalised += gradient.values()[i] * normalised.values()[i];
                }
            }
            shiftGradient.values()[c] = sum;
            scaleGradient.values()[c] = sumWithNormalised;
            double factor = scale.value().get(c) / deviation[c];
            // running averages are constants: only the batch's own mean and variance depend on x
            double batchTerm = phase == Phase.TRAINING ? 1.0 / m : 0;
            for (int n = 0; n < gradient.size(0); n++) {
                for (int i = (n * channels + c) * places, end = i + places; i < end; i++) {
                    before.values()[i] = factor
                            * (gradient.values()[i]
                                    - batchTerm * (sum + normalised.values()[i] * sumWithNormalised));
                }
            }
        }
        scale.setGradient(scaleGradient);
        shift.setGradient(shiftGradient);
        return before;
    }

    @Override
    public List<Weight> weights() {
        return List.of(scale, shift);
    }
}
