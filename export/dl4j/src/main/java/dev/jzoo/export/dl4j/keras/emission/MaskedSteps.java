package dev.jzoo.export.dl4j.keras.emission;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.TensorData;
import java.util.function.UnaryOperator;

/**
 * A recurrence over sequences in which any steps may be masked. A masked step leaves the state unchanged. The valid
 * steps are moved to the front, the recurrence runs over all steps, and each step takes the result of the last valid
 * step up to it.
 */
final class MaskedSteps {

    private final EmittedLayer layer;
    private final String mask;
    private final String counts;

    /** @param mask flags [N, T] */
    MaskedSteps(EmittedLayer layer, String mask) {
        this.layer = layer;
        this.mask = mask;
        this.counts = layer.op(
                        "CumSum",
                        layer.cast(mask, DataType.INT64),
                        layer.graph().constant(axisOne()))
                .emit();
    }

    private static TensorData axisOne() {
        return TensorData.scalar(1L);
    }

    /**
     * @param all whether the result is [N, T, units]; otherwise it is [N, units] for the last step
     * @param zeros whether a masked step's result is 0
     * @param recurrence from [N, T, in] to [N, T, units]
     */
    String around(String steps, boolean all, boolean zeros, UnaryOperator<String> recurrence) {
        String results = recurrence.apply(gathered(steps, order()));
        // The number of valid steps up to this one; the last of them has the result.
        String passed = all
                ? counts
                : layer.op("Slice", counts, layer.integers(-1), layer.integers(Long.MAX_VALUE), layer.integers(1))
                        .emit();
        String last = layer.op("Max", layer.op("Sub", passed, layer.integers(1)).emit(), layer.integers(0))
                .emit();
        String shown = zeros && all
                ? mask
                : layer.op("Greater", passed, layer.integers(0)).emit();
        String flags = layer.op("Unsqueeze", shown, layer.integers(2)).emit();
        String y = layer.op(
                        "Where", flags, gathered(results, last), layer.graph().constant(0f))
                .emit();
        return all ? y : layer.op("Squeeze", y, layer.integers(1)).emit();
    }

    /** Returns the elements of axis 1 at the positions [N, T]. */
    private String gathered(String tensor, String places) {
        return layer.op(
                        "GatherND",
                        tensor,
                        layer.op("Unsqueeze", places, layer.integers(2)).emit())
                .integer("batch_dims", 1)
                .emit();
    }

    /**
     * Returns the positions of the valid steps, in their order, then those of all others. They are sorted by position,
     * with the others moved back.
     */
    private String order() {
        String length = layer.op(
                        "Slice",
                        layer.op("Shape", mask).emit(),
                        layer.integers(1),
                        layer.integers(2),
                        layer.integers(0))
                .emit();
        String steps = layer.op(
                        "Range",
                        layer.graph().constant(TensorData.scalar(0L)),
                        layer.op("Squeeze", length, layer.integers(0)).emit(),
                        layer.graph().constant(axisOne()))
                .emit();
        String masked = layer.cast(layer.op("Not", mask).emit(), DataType.INT64);
        String keys =
                layer.op("Add", layer.op("Mul", masked, length).emit(), steps).emit();
        return layer.op("TopK", keys, length)
                .integer("axis", 1)
                .integer("largest", 0)
                .integer("sorted", 1)
                .emit(2)
                .get(1);
    }
}
