package dev.jzoo.scratch.checking;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.losses.LossFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * A comparison of gradients with slopes. The loss is L = sum of r y with fixed random numbers r, so that dL/dy = r; the slope in a number x
 * is (L(x + h) - L(x - h)) / 2h, which has an error of order h².
 *
 * @param worst the largest difference, relative to the largest derivative of the same array (if that is above 0.01)
 * @param count how many derivatives were compared
 */
public record GradientCheck(double worst, int count) {

    private static final double STEP = 1e-5;

    /** Compares the gradients of a loss with respect to all weights of a network. */
    public static GradientCheck of(NeuralLayer network, LossFunction loss, Array input, Array targets) {
        Array outputs = network.forward(input, NeuralLayer.Phase.TRAINING);
        network.setGradients(loss.gradient(outputs, targets));
        DoubleSupplier value = () -> loss.value(network.forward(input, NeuralLayer.Phase.TRAINING), targets);
        GradientCheck all = new GradientCheck(0, 0);
        for (Weight weight : network.weights()) {
            all = all.and(compare(value, weight.value(), weight.gradient()));
        }
        return all;
    }

    /** Compares the gradients of a layer in training with respect to its input and its weights. */
    public static GradientCheck of(NeuralLayer layer, Array input, Array outputGradient) {
        return of(layer, NeuralLayer.Phase.TRAINING, input, outputGradient);
    }

    /** Compares the gradients of a layer with respect to its input and its weights. */
    public static GradientCheck of(NeuralLayer layer, NeuralLayer.Phase phase, Array input, Array outputGradient) {
        DoubleSupplier loss =
                () -> layer.forward(input, phase).times(outputGradient).sum();
        layer.forward(input, phase); // keeps what the backward pass needs
        Array inputGradient = layer.backward(outputGradient).copy();
        List<Array> gradients = new ArrayList<>();
        List<Array> places = new ArrayList<>();
        gradients.add(inputGradient);
        places.add(input);
        for (Weight weight : layer.weights()) {
            gradients.add(weight.gradient().copy());
            places.add(weight.value());
        }
        GradientCheck all = new GradientCheck(0, 0);
        for (int i = 0; i < places.size(); i++) {
            all = all.and(compare(loss, places.get(i), gradients.get(i)));
        }
        return all;
    }

    /** Compares a gradient with the slopes of a function of an array, which is changed and restored. */
    public static GradientCheck compare(DoubleSupplier function, Array place, Array gradient) {
        double worst = 0;
        double largest = 0.01;
        double[] values = place.values();
        for (int i = 0; i < values.length; i++) {
            double before = values[i];
            values[i] = before + STEP;
            double above = function.getAsDouble();
            values[i] = before - STEP;
            double below = function.getAsDouble();
            values[i] = before;
            double slope = (above - below) / (2 * STEP);
            double difference = Math.abs(slope - gradient.values()[i]);
            largest = Math.max(largest, Math.abs(slope));
            worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
        }
        return new GradientCheck(worst / largest, values.length);
    }

    /** Returns the result of both comparisons. */
    public GradientCheck and(GradientCheck other) {
        return new GradientCheck(Math.max(worst, other.worst), count + other.count);
    }
}
