package dev.jzoo.export.dl4j.layers;

import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;

/**
 * The window that a convolution or pooling moves over the spatial axes.
 *
 * @param kernel size on each axis
 * @param stride step on each axis
 * @param padding at both ends of each axis; only for Strict and Truncate, which round down
 * @param dilation distance of the kernel's elements on each axis
 * @param mode padding mode at the ends
 */
record WindowGeometry(long[] kernel, long[] stride, long[] padding, long[] dilation, ConvolutionMode mode) {

    /**
     * Creates the window. Fails through {@link LayerContext#unsupported} for causal padding, except in convolutions
     * over sequences.
     */
    static WindowGeometry of(
            LayerContext layer, int[] kernel, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode) {
        if (mode == ConvolutionMode.Causal && !(layer.configuration() instanceof Convolution1DLayer)) {
            throw layer.unsupported("causal padding");
        }
        return new WindowGeometry(longs(kernel), longs(stride), longs(padding), longs(dilation), mode);
    }

    /** Returns the same window over the first axis only: DL4J keeps two for sequences. */
    WindowGeometry firstAxis() {
        return new WindowGeometry(
                new long[] {kernel[0]},
                new long[] {stride[0]},
                new long[] {padding[0]},
                new long[] {dilation[0]},
                mode);
    }

    private static long[] longs(int[] values) {
        return java.util.Arrays.stream(values).asLongStream().toArray();
    }

    /** Sets strides, dilations and padding of a node. */
    GraphBuilder.NodeBuilder slide(GraphBuilder.NodeBuilder node, List<Dimension> spatial) {
        return pad(node.ints("strides", stride), spatial).ints("dilations", dilation);
    }

    /** Sets the padding of a node: as numbers if the input's size is known, so that every runtime agrees. */
    GraphBuilder.NodeBuilder pad(GraphBuilder.NodeBuilder node, List<Dimension> spatial) {
        if (mode == ConvolutionMode.Same) {
            return spatial.stream().allMatch(Dimension.FixedDimension.class::isInstance)
                    ? node.ints("pads", samePads(spatial))
                    : node.text("auto_pad", "SAME_UPPER");
        } else if (mode == ConvolutionMode.Causal) {
            return node.ints("pads", (kernel[0] - 1) * dilation[0], 0);
        }
        return node.ints(
                "pads",
                LongStream.concat(LongStream.of(padding), LongStream.of(padding))
                        .toArray());
    }

    /**
     * Returns the padding of Same mode. The output has ceil(size / stride) positions. The padding that they need is
     * divided between both ends, with the odd position at the end.
     */
    private long[] samePads(List<Dimension> spatial) {
        int axes = kernel.length;
        long[] pads = new long[2 * axes];
        for (int i = 0; i < axes; i++) {
            long size = ((Dimension.FixedDimension) spatial.get(i)).size();
            long positions = (size + stride[i] - 1) / stride[i];
            long needed = (positions - 1) * stride[i] + (kernel[i] - 1) * dilation[i] + 1;
            long total = Math.max(0, needed - size);
            pads[i] = total / 2;
            pads[axes + i] = total - total / 2;
        }
        return pads;
    }
}
