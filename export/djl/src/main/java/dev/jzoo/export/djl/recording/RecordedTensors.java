package dev.jzoo.export.djl.recording;

import java.util.Collection;
import java.util.stream.Stream;

/** A search for the tensors among the arguments of a step. */
final class RecordedTensors {

    private RecordedTensors() {}

    /** Returns the tensors among arguments, including those in lists and indices. */
    static Stream<RecordedTensor> in(Collection<?> arguments) {
        return arguments.stream().flatMap(RecordedTensors::of);
    }

    private static Stream<RecordedTensor> of(Object argument) {
        if (argument instanceof RecordedTensor tensor) {
            return Stream.of(tensor);
        } else if (argument instanceof Collection<?> several) {
            return in(several);
        } else if (argument instanceof IndexPart.Take take) {
            return Stream.of(take.positions());
        } else if (argument instanceof IndexPart.Pick pick) {
            return Stream.of(pick.positions());
        }
        return argument instanceof IndexPart.Mask mask ? Stream.of(mask.mask()) : Stream.empty();
    }
}
