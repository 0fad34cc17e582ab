package dev.jzoo.labs.regularisation;

import dev.jzoo.report.Figure;
import dev.jzoo.report.LineChart;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.losses.PointwiseLoss;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Points of a sine with noise of variance 0.09, for regressions that overfit. It does not copy its arrays.
 *
 * @param x places from -1 to 1, [points, 1]
 * @param y sin(pi x) and noise, [points, 1]
 */
public record NoisySine(Array x, Array y) {

    /** Draws points at random places. */
    public static NoisySine draw(int count, Random random) {
        Array x = Array.zeros(count, 1).map(zero -> 2 * random.nextDouble() - 1);
        return new NoisySine(x, x.map(place -> Math.sin(Math.PI * place) + 0.3 * random.nextGaussian()));
    }

    /** Returns the mean squared error of a network in use. */
    public double error(NeuralLayer network) {
        return PointwiseLoss.MEAN_SQUARED_ERROR.value(network.forward(x, NeuralLayer.Phase.INFERENCE), y);
    }

    /** Draws the curve of a network, and the sine without noise. */
    public static Figure curve(NeuralLayer network) {
        double[] places = IntStream.range(0, 60).mapToDouble(i -> i / 29.5 - 1).toArray();
        Array curve = network.forward(Array.of(places, 60, 1), NeuralLayer.Phase.INFERENCE);
        double[] sine = Arrays.stream(places).map(x -> Math.sin(Math.PI * x)).toArray();
        return LineChart.of("x", "y")
                .line("network", places, curve.values())
                .line("sine without noise", places, sine)
                .figure("What one of the networks has learned from its twenty points.");
    }
}
