package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import dev.jzoo.onnx.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * NonMaxSuppression: keeps the box with the best score among overlapping boxes. Returns indices and has no gradient.
 */
final class BoxSelection {

    private BoxSelection() {}

    static Operator of(NodeAttributes settings) {
        boolean centred = settings.integer("center_point_box", 0) == 1;
        return Operator.single(call -> {
            long[] dims = call.dims(1); // [N, classes, boxes]
            double[] boxes = call.value(0).reals();
            double[] scores = call.value(1).reals();
            long most = call.has(2) ? call.longs(2)[0] : 0;
            double overlap = call.real(3, 0);
            double least = call.real(4, Double.NEGATIVE_INFINITY);
            List<long[]> selected = new ArrayList<>();
            for (int image = 0; image < dims[0]; image++) {
                for (int type = 0; type < dims[1]; type++) {
                    int first = (int) ((image * dims[1] + type) * dims[2]);
                    int firstBox = (int) (4L * image * dims[2]);
                    List<Integer> kept = new ArrayList<>();
                    IntStream.range(0, (int) dims[2])
                            .filter(box -> !(scores[first + box] <= least))
                            .boxed()
                            .sorted(Comparator.comparingDouble(box -> -scores[first + box]))
                            .filter(box -> kept.size() < most
                                    && kept.stream()
                                            .noneMatch(other ->
                                                    share(boxes, firstBox + 4 * box, firstBox + 4 * other, centred)
                                                            > overlap))
                            .forEachOrdered(kept::add);
                    for (int box : kept) {
                        selected.add(new long[] {image, type, box});
                    }
                }
            }
            return places(call.run(), selected);
        });
    }

    private static NDArray places(ForwardPass run, List<long[]> selected) {
        long[] flat = selected.stream().flatMapToLong(Arrays::stream).toArray();
        return run.array(TensorData.of(flat, selected.size(), 3));
    }

    /** Returns the intersection of two boxes divided by their union. */
    private static double share(double[] boxes, int a, int b, boolean centred) {
        double inside = 1;
        double areaA = 1;
        double areaB = 1;
        for (int axis = 0; axis < 2; axis++) {
            double[] first = ends(boxes, a, axis, centred);
            double[] second = ends(boxes, b, axis, centred);
            inside *= Math.max(0, Math.min(first[1], second[1]) - Math.max(first[0], second[0]));
            areaA *= first[1] - first[0];
            areaB *= second[1] - second[0];
        }
        double all = areaA + areaB - inside;
        return inside <= 0 || all <= 0 ? 0 : inside / all;
    }

    /**
     * Returns the start and end of a box along an axis, from [y1, x1, y2, x2] in any order, or [x, y, width, height]
     * around its centre.
     */
    private static double[] ends(double[] boxes, int box, int axis, boolean centred) {
        if (centred) {
            double half = boxes[box + 2 + axis] / 2;
            return new double[] {boxes[box + axis] - half, boxes[box + axis] + half};
        }
        double one = boxes[box + axis];
        double other = boxes[box + 2 + axis];
        return new double[] {Math.min(one, other), Math.max(one, other)};
    }
}
