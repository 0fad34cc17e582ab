package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.jzoo.onnx.TensorData;
import java.util.Arrays;

/**
 * RoiAlign: pools each region of a map to a small map of one size. A value is the mean or the maximum of samples at
 * evenly spaced positions between the elements. The map gets a gradient; the regions do not.
 */
final class RegionPooling {

    private final boolean largest;
    private final long rows;
    private final long columns;
    private final long samples;
    private final double scale;
    private final double offset;

    private RegionPooling(NodeAttributes settings) {
        largest = settings.text("mode", "avg").equals("max");
        rows = settings.integer("output_height", 1);
        columns = settings.integer("output_width", 1);
        samples = settings.integer("sampling_ratio", 0);
        scale = settings.real("spatial_scale", 1);
        offset = settings.text("coordinate_transformation_mode", "half_pixel").equals("half_pixel") ? 0.5 : 0;
    }

    static Operator of(NodeAttributes settings) {
        RegionPooling pooling = new RegionPooling(settings);
        return Operator.single(pooling::apply);
    }

    private NDArray apply(OperatorInputs call) {
        long[] dims = call.dims(0);
        double[] regions = call.value(1).reals();
        long[] batches = call.longs(2);
        // Elements are rows: [N * H * W, C].
        NDArray elements =
                OperatorInputs.reshaped(call.x().transpose(0, 2, 3, 1), dims[0] * dims[2] * dims[3], dims[1]);
        if (batches.length == 0) {
            return call.run()
                    .manager()
                    .zeros(new Shape(0, dims[1], rows, columns), call.x().getDataType());
        }
        NDList results = new NDList();
        for (int i = 0; i < batches.length; i++) {
            results.add(pooled(call, elements, batches[i], Arrays.copyOfRange(regions, 4 * i, 4 * i + 4)));
        }
        NDArray all = results.size() == 1 ? results.head() : NDArrays.concat(results, 0);
        return OperatorInputs.reshaped(all, batches.length, rows, columns, dims[1])
                .transpose(0, 3, 1, 2);
    }

    /** Pools one region: [rows * columns, C]. */
    private NDArray pooled(OperatorInputs call, NDArray elements, long batch, double[] region) {
        long[] dims = call.dims(0);
        double left = region[0] * scale - offset;
        double top = region[1] * scale - offset;
        double width = region[2] * scale - offset - left;
        double height = region[3] * scale - offset - top;
        if (offset == 0) {
            width = Math.max(width, 1);
            height = Math.max(height, 1);
        }
        int down = (int) Math.max(1, samples > 0 ? samples : Math.ceil(height / rows));
        int across = (int) Math.max(1, samples > 0 ? samples : Math.ceil(width / columns));
        int count = HostTensors.checkedCount(4, rows, columns, down, across) / 4;
        long[] places = new long[4 * count];
        float[] weights = new float[4 * count];
        int at = 0;
        for (int place = 0; place < rows * columns; place++) {
            for (int sample = 0; sample < down * across; sample++) {
                long row = place / columns;
                int step = sample / across;
                double y = top + (row + (step + 0.5) / down) * height / rows;
                double x = left + (place % columns + (sample % across + 0.5) / across) * width / columns;
                corners(dims, batch, y, x, places, weights, at);
                at += 4;
            }
        }
        NDArray read = IndexingOperators.along(elements, 0, call.run().array(places));
        NDArray weight = OperatorInputs.reshaped(call.run().array(TensorData.of(weights, 4L * count)), -1, 1)
                .toType(call.x().getDataType(), false);
        NDArray corners = OperatorInputs.reshaped(read.mul(weight), rows * columns, (long) down * across, 4, dims[1]);
        return largest
                ? corners.max(new int[] {2}).max(new int[] {1})
                : corners.sum(new int[] {1, 2}).div(call.scalar((double) down * across));
    }

    /** Finds the four elements around a position and their weights; the weights are 0 outside the map. */
    private static void corners(
            long[] dims, long batch, double placeY, double placeX, long[] places, float[] weights, int at) {
        long height = dims[2];
        long width = dims[3];
        if (placeY < -1 || placeY > height || placeX < -1 || placeX > width) {
            return;
        }
        double y = Math.min(Math.max(placeY, 0), height - 1);
        double x = Math.min(Math.max(placeX, 0), width - 1);
        for (int corner = 0; corner < 4; corner++) {
            long row = (long) y + (corner >> 1);
            long column = (long) x + (corner & 1);
            double weight = (1 - Math.abs(y - row)) * (1 - Math.abs(x - column));
            places[at + corner] = (batch * height + Math.min(row, height - 1)) * width + Math.min(column, width - 1);
            weights[at + corner] = (float) weight;
        }
    }
}
