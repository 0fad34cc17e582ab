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
 * @param fixed whether the graph takes exactly that many; otherwise it takes any number, and more are run in several calls so
 *     that memory stays bounded
 */
@Internal
public record BatchSize(int most, boolean fixed) {

    /**
     * The batch of a model's input.
     *
     * @param largest examples of one call where the graph leaves the number open
     * @throws JZooException BAD_INPUT where the graph fixes a size that no call can have: a batch of 0, or an input of more
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
                    model.name() + " takes " + input + ", which no call can give: expected 1 or more along each axis,"
                            + " and 2 GiB at most in all.",
                    "Export the model again with an open batch.");
        }
        return new BatchSize((int) batch.orElse(largest), batch.isPresent());
    }

    private static long times(long a, long b) {
        return a == 0 || b <= Long.MAX_VALUE / a ? a * b : Long.MAX_VALUE;
    }

    /** The size of the first axis in a call with so many examples; what is left over of a fixed batch is filled up. */
    public int of(int examples) {
        return fixed ? most : examples;
    }

    /** Examples in lots of as many as a call takes, in their order. */
    public <T> List<List<T>> lots(List<T> examples) {
        List<List<T>> lots = new ArrayList<>();
        for (int from = 0; from < examples.size(); from += most) {
            lots.add(examples.subList(from, from + Math.min(most, examples.size() - from)));
        }
        return lots;
    }
}
