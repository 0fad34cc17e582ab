package dev.jzoo.inference;

import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.error.JZooException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The number of examples that a model takes in one call, along the first axis of its input.
 *
 * @param most examples of one call, at least 1
 * @param fixed true if the graph takes exactly this number. Otherwise it takes any number, and larger numbers are run in
 *     several calls so that memory stays bounded
 */
@Internal
public record BatchSize(int most, boolean fixed) {

    /**
     * Returns the batch size of a model's input.
     *
     * @param largest examples of one call if the graph leaves the number open
     * @throws JZooException BAD_INPUT if the graph fixes a size that no call can have: a batch of 0, or an input of more
     *     than 2 GiB
     */
    public static BatchSize of(OnnxModel model, Port input, int largest) {
        OptionalLong batch = input.shape().get(0).fixedSize();
        long elements = input.shape().stream()
                .mapToLong(axis -> axis.fixedSize().orElse(1))
                .reduce(1, BatchSize::times);
        if (elements < 1 || times(elements, NativeTensor.bytes(input.type(), new long[0])) > Integer.MAX_VALUE) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    model.name() + " cannot be run: its input is " + input
                            + "; expected at least 1 along each axis and at most" + " 2 GiB in total.",
                    "Export the model again with an open batch axis.");
        }
        return new BatchSize((int) batch.orElse(largest), batch.isPresent());
    }

    private static long times(long a, long b) {
        return a == 0 || b <= Long.MAX_VALUE / a ? a * b : Long.MAX_VALUE;
    }

    /**
     * Returns the size of the first axis in a call with this number of examples. A fixed batch is padded to its full size.
     */
    public int of(int examples) {
        return fixed ? most : examples;
    }

    /** Splits examples into lots of at most one call each, in their order. */
    public <T> List<List<T>> lots(List<T> examples) {
        List<List<T>> lots = new ArrayList<>();
        for (int from = 0; from < examples.size(); from += most) {
            lots.add(examples.subList(from, from + Math.min(most, examples.size() - from)));
        }
        return lots;
    }
}
