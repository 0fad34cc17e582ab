package dev.jzoo.export.djl.primitives;

import ai.djl.ndarray.types.Shape;
import dev.jzoo.export.djl.recording.IndexPart;
import dev.jzoo.export.djl.recording.RecordedStep;
import dev.jzoo.export.djl.recording.RecordedTensor;
import java.util.Arrays;
import java.util.List;

/** A converter of recorded arguments to lists and integers. */
final class RecordedArguments {

    private RecordedArguments() {}

    static List<RecordedTensor> tensors(RecordedStep step, int argument) {
        return ((List<?>) step.arguments().get(argument))
                .stream().map(RecordedTensor.class::cast).toList();
    }

    static List<IndexPart> parts(RecordedStep step, int argument) {
        return ((List<?>) step.arguments().get(argument))
                .stream().map(IndexPart.class::cast).toList();
    }

    static long[] stretched(long[] values, int length) {
        if (values.length == length) {
            return values;
        }
        long[] stretched = new long[length];
        Arrays.fill(stretched, values[0]);
        return stretched;
    }

    static long[] integers(Object value) {
        if (value instanceof Shape shape) {
            return shape.getShape();
        } else if (value instanceof long[] longs) {
            return longs.clone();
        } else if (value instanceof int[] ints) {
            return Arrays.stream(ints).asLongStream().toArray();
        }
        return new long[] {((Number) value).longValue()};
    }

    static long[] merge(Shape ours, Shape theirs) {
        if (ours.dimension() != theirs.dimension()) {
            throw new StepContext.UnsupportedStepException("the number of axes depends on the size of the input");
        }
        long[] merged = ours.getShape().clone();
        for (int i = 0; i < merged.length; i++) {
            merged[i] = merged[i] == theirs.get(i) ? merged[i] : -1;
        }
        return merged;
    }
}
