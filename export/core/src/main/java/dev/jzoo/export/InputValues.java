package dev.jzoo.export;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.Random;
import java.util.function.ToLongFunction;

/**
 * The values that an input of a network takes. An export is compared with its framework at values drawn from them.
 * Declare them if the input does not take every number: ids of a table, categories, the argument of a logarithm.
 */
@FunctionalInterface
public interface InputValues {

    /**
     * Draws values for an input.
     *
     * @param input the network's input
     * @param sizes returns the size of an axis
     */
    Tensor draw(ValueInfo input, ToLongFunction<Dimension> sizes, Random random);

    /** Returns undeclared values: the exporter searches for a range in which the network returns finite numbers. */
    static InputValues unknown() {
        return DrawnValues.UNKNOWN;
    }

    /**
     * Returns values of a range, including both ends; whole numbers if the input's type is an integer.
     *
     * @throws IllegalArgumentException if the ends are not finite or in the wrong order
     */
    static InputValues between(double lowest, double highest) {
        return new DrawnValues.RealRange(lowest, highest);
    }

    /**
     * Returns whole numbers of a range, including both ends, for an input of any type: for example ids that a network
     * takes as floats.
     */
    static InputValues wholeBetween(long lowest, long highest) {
        return new DrawnValues.WholeRange(lowest, highest);
    }

    /**
     * Returns the values of an example. Its rows and steps are repeated or cut to the sizes that are compared. It has
     * the same axes as the input.
     */
    static InputValues of(Tensor example) {
        return new DrawnValues.Example(example);
    }
}
