package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.jzoo.onnx.TensorData;
import java.util.Arrays;

/** Col2Im: puts the blocks of an image back in their places, and adds what overlaps. It folds one axis after the other. */
final class BlockFolding {

    private BlockFolding() {}

    static Operator of(NodeAttributes settings) {
        return Operator.single(call -> {
            long[] image = HostTensors.checked(call.longs(1));
            long[] block = HostTensors.checked(call.longs(2));
            SlidingWindow window = SlidingWindow.of(settings, block);
            long[] places = places(window, image, call.dims(0));
            long batch = call.dims(0)[0];
            long channels = call.dims(0)[1] / HostTensors.product(block, 0, block.length);
            NDArray folded = lines(call.x(), batch * channels, block, places);
            for (int axis = 0; axis < image.length; axis++) {
                folded = folded(call.run(), folded, axis + 1, indices(window, axis, places[axis], image[axis]));
            }
            long[] result = new long[image.length + 2];
            result[0] = batch;
            result[1] = channels;
            System.arraycopy(image, 0, result, 2, image.length);
            return OperatorInputs.reshaped(folded, result).toType(call.x().getDataType(), false);
        });
    }

    /** Returns the number of blocks along each axis. Fails unless the input has as many. */
    private static long[] places(SlidingWindow window, long[] image, long[] dims) {
        if (image.length != window.axes() || Arrays.stream(window.pads()).anyMatch(pad -> pad < 0)) {
            throw new IllegalArgumentException("an image of " + Arrays.toString(image) + " does not fit blocks of "
                    + Arrays.toString(window.kernel()) + " with pads " + Arrays.toString(window.pads())
                    + "; expected: as many axes, and no negative pads");
        }
        long[] padded = new long[image.length + 2];
        System.arraycopy(image, 0, padded, 2, image.length);
        long[] places = HostTensors.checked(window.places(padded, window.pads()));
        long elements = HostTensors.product(window.kernel(), 0, window.axes());
        long blocks = HostTensors.product(places, 0, places.length);
        if (dims.length != 3 || dims[1] % elements != 0 || dims[2] != blocks) {
            throw new IllegalArgumentException("an image of " + Arrays.toString(image) + " in "
                    + Arrays.toString(places) + " blocks of " + Arrays.toString(window.kernel())
                    + " cannot come from an input of " + Arrays.toString(dims) + "; expected: [batch, channels * "
                    + elements + ", " + blocks + "]");
        }
        return places;
    }

    /** Converts [batch, channels and elements, blocks] to one axis per axis of the image: elements times blocks. */
    private static NDArray lines(NDArray x, long rows, long[] block, long[] places) {
        int axes = block.length;
        long[] apart = new long[2 * axes + 1];
        int[] order = new int[2 * axes + 1];
        long[] joined = new long[axes + 1];
        apart[0] = rows;
        joined[0] = rows;
        for (int i = 0; i < axes; i++) {
            apart[1 + i] = block[i];
            apart[1 + axes + i] = places[i];
            order[1 + 2 * i] = 1 + i;
            order[2 + 2 * i] = 1 + axes + i;
            joined[1 + i] = block[i] * places[i];
        }
        return OperatorInputs.reshaped(OperatorInputs.reshaped(x, apart).transpose(order), joined);
    }

    /**
     * Returns, for each pixel along an axis, the indices of the elements to add, [pixels, most elements of a pixel].
     * Pixels with fewer elements have the index after the last one.
     */
    private static TensorData indices(SlidingWindow window, int axis, long places, long size) {
        long block = window.kernel()[axis];
        int[] count = new int[HostTensors.checkedCount(size)];
        for (long i = 0; i < block * places; i++) {
            long pixel = pixel(window, axis, i / places, i % places);
            if (pixel >= 0 && pixel < size) {
                count[(int) pixel]++;
            }
        }
        int most = Math.max(1, Arrays.stream(count).max().orElse(1));
        long[] indices = new long[HostTensors.checkedCount(size, most)];
        Arrays.fill(indices, block * places);
        for (long i = 0; i < block * places; i++) {
            long pixel = pixel(window, axis, i / places, i % places);
            if (pixel >= 0 && pixel < size) {
                indices[(int) pixel * most + --count[(int) pixel]] = i;
            }
        }
        return TensorData.of(indices, size, most);
    }

    /** Returns the pixel of an element of a block: negative, or after the last one, if the element is in the padding. */
    private static long pixel(SlidingWindow window, int axis, long element, long place) {
        return place * window.strides()[axis] + element * window.dilations()[axis] - window.pads()[axis];
    }

    private static NDArray folded(ForwardPass run, NDArray x, int axis, TensorData indices) {
        // The element after the last one is 0.
        long[] pairs = new long[2 * (x.getShape().dimension() - axis)];
        pairs[pairs.length - 1] = 1;
        NDArray longer = x.pad(new Shape(pairs), 0);
        return IndexingOperators.along(longer, axis, run.array(indices)).sum(new int[] {axis + 1});
    }
}
