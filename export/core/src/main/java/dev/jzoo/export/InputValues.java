package dev.jzoo.export;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.Random;
import java.util.function.ToLongFunction;

/**
 * The values that an input of a network takes. An export is compared with its framework at values drawn from them, so they
 * matter where not every number will do: ids of a table, categories, the argument of a logarithm.
 */
@FunctionalInterface
public interface InputValues {

    /**
     * Draws values of an input.
     *
     * @param input of the network
     * @param sizes size of an axis
     */
    Tensor draw(ValueInfo input, ToLongFunction<Dimension> sizes, Random random);

    /** Values that nobody declares: the exporter looks for a range in which the network gives finite numbers. */
    static InputValues unknown() {
        return DrawnValues.UNKNOWN;
    }

    /**
     * Values of a range, both ends included; whole numbers where the input's type has no others.
     *
     * @throws IllegalArgumentException if the ends are not finite or in the wrong order
     */
    static InputValues between(double lowest, double highest) {
        return new DrawnValues.RealRange(lowest, highest);
    }

    /** Whole numbers of a range, both ends included, whatever the input's type: ids that a network takes as floats. */
    static InputValues wholeBetween(long lowest, long highest) {
        return new DrawnValues.WholeRange(lowest, highest);
    }

    /**
     * Values of an example, whose rows and steps are repeated or cut to the sizes that are compared. Its axes are those of the
     * input.
     */
    static InputValues of(Tensor example) {
        return new DrawnValues.Example(example);
    }
}
