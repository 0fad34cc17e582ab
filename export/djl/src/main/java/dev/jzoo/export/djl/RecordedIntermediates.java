package dev.jzoo.export.djl;

import ai.djl.ndarray.NDArray;
import dev.jzoo.export.TensorBridge;
import dev.jzoo.export.djl.primitives.DjlTypes;
import dev.jzoo.export.djl.recording.RecordedTensor;
import dev.jzoo.inference.Tensor;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Which tensor of the graph holds what a step of the recording gave: enough to tell the values between the nodes when they are
 * asked for, without keeping any.
 *
 * @param primitives what each step of the recording called
 * @param names the graph's names of the recording's tensors, by number
 */
record RecordedIntermediates(List<String> primitives, Map<Integer, String> names) {

    /** Before a graph was emitted. */
    static final RecordedIntermediates NONE = new RecordedIntermediates(List.of(), Map.of());

    /** Types that a {@link Tensor} can hold and ONNX Runtime be asked for. */
    private static final Set<ai.djl.ndarray.types.DataType> TYPES = EnumSet.of(
            ai.djl.ndarray.types.DataType.FLOAT32,
            ai.djl.ndarray.types.DataType.FLOAT64,
            ai.djl.ndarray.types.DataType.INT32,
            ai.djl.ndarray.types.DataType.INT64,
            ai.djl.ndarray.types.DataType.BOOLEAN);

    /** Records the forward pass again and tells the listener of each result. Returns what its steps called. */
    interface Recordings {
        List<String> record(BiConsumer<RecordedTensor, NDArray> listener);
    }

    /** Values by the names of the graph's tensors; none where the forward pass took another way than when it was emitted. */
    Map<String, Tensor> of(Recordings recordings) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        List<String> steps = recordings.record((result, array) -> {
            String name = names.get(result.number());
            // Two steps may share a tensor, where one of them changes nothing but the shape.
            if (name != null && TYPES.contains(array.getDataType())) {
                values.computeIfAbsent(name, unseen -> TensorBridge.tensor(DjlTypes.data(array)));
            }
        });
        return steps.equals(primitives) ? values : Map.of();
    }
}
