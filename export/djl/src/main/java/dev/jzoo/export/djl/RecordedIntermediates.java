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
 * The tensors of the graph that hold the results of the recording's steps. From them the values between the nodes can
 * be computed on request; none are kept.
 *
 * @param primitives primitive of each step of the recording
 * @param names the graph's names of the recording's tensors, by number
 */
record RecordedIntermediates(List<String> primitives, Map<Integer, String> names) {

    /** The state before a graph was emitted. */
    static final RecordedIntermediates NONE = new RecordedIntermediates(List.of(), Map.of());

    /** Types that a {@link Tensor} can hold and ONNX Runtime can return. */
    private static final Set<ai.djl.ndarray.types.DataType> TYPES = EnumSet.of(
            ai.djl.ndarray.types.DataType.FLOAT32,
            ai.djl.ndarray.types.DataType.FLOAT64,
            ai.djl.ndarray.types.DataType.INT32,
            ai.djl.ndarray.types.DataType.INT64,
            ai.djl.ndarray.types.DataType.BOOLEAN);

    /** Records the forward pass again and passes each result to the listener. Returns the primitives of its steps. */
    interface Recordings {
        List<String> record(BiConsumer<RecordedTensor, NDArray> listener);
    }

    /**
     * Returns values by the names of the graph's tensors; none if the forward pass took another path than when the
     * graph was emitted.
     */
    Map<String, Tensor> of(Recordings recordings) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        List<String> steps = recordings.record((result, array) -> {
            String name = names.get(result.number());
            // Two steps may share a tensor if one of them only changes the shape.
            if (name != null && TYPES.contains(array.getDataType())) {
                values.computeIfAbsent(name, unseen -> TensorBridge.tensor(DjlTypes.data(array)));
            }
        });
        return steps.equals(primitives) ? values : Map.of();
    }
}
