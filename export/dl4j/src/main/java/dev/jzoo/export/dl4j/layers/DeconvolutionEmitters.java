package dev.jzoo.export.dl4j.layers;

import dev.jzoo.onnx.GraphBuilder.NodeBuilder;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;

/** Transposed convolutions. */
final class DeconvolutionEmitters {

    private DeconvolutionEmitters() {}

    static void addTo(EmitterTable table) {
        table.put(Deconvolution2D.class, DeconvolutionEmitters::planar);
        table.put(Deconvolution3D.class, DeconvolutionEmitters::spatial);
    }

    /** Emits a transposed convolution of pictures. W is [in, out, kH, kW], as in ONNX. */
    private static String planar(Deconvolution2D configuration, LayerContext layer) {
        ChannelsFirst image = ChannelsFirst.of(layer, configuration.getCnn2dDataFormat() != CNN2DFormat.NCHW);
        return deconvolve(configuration, layer, image, layer.weight("W"));
    }

    /** Emits a transposed convolution of volumes. W is [kD, kH, kW, out, in]. */
    private static String spatial(Deconvolution3D configuration, LayerContext layer) {
        ChannelsFirst volume = ChannelsFirst.of(layer, configuration.getDataFormat() != Convolution3D.DataFormat.NCDHW);
        String weight = layer.weight("W", layer.array("W").permute(4, 3, 0, 1, 2));
        return deconvolve(configuration, layer, volume, weight);
    }

    private static String deconvolve(
            ConvolutionLayer configuration, LayerContext layer, ChannelsFirst image, String weight) {
        WindowGeometry window = ConvolutionEmitters.window(configuration, layer);
        NodeBuilder node = layer.op("ConvTranspose", image.value(), weight, ConvolutionEmitters.bias(layer))
                .ints("kernel_shape", window.kernel())
                .ints("strides", window.stride())
                .ints("dilations", window.dilation());
        NodeBuilder padded =
                window.mode() == ConvolutionMode.Same ? same(node, window) : window.pad(node, image.spatial());
        return layer.activate(configuration.getActivationFn(), image.restore(padded.emit()));
    }

    /**
     * Sets padding for Same mode. The output is stride times the input; the rest of the kernel's result is cut off, the
     * odd position at the end.
     */
    private static NodeBuilder same(NodeBuilder node, WindowGeometry window) {
        int axes = window.kernel().length;
        long[] pads = new long[2 * axes];
        long[] missing = new long[axes];
        for (int i = 0; i < axes; i++) {
            long surplus = (window.kernel()[i] - 1) * window.dilation()[i] + 1 - window.stride()[i];
            pads[i] = Math.max(0, surplus) / 2;
            pads[axes + i] = Math.max(0, surplus) - pads[i];
            missing[i] = Math.max(0, -surplus);
        }
        return node.ints("pads", pads).ints("output_padding", missing);
    }
}
