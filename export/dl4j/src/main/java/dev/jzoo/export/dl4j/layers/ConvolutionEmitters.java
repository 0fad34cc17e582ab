package dev.jzoo.export.dl4j.layers;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Convolutions. Weights stay channels first in every layout of the activations. */
final class ConvolutionEmitters {

    private ConvolutionEmitters() {}

    static void addTo(EmitterTable table) {
        table.put(ConvolutionLayer.class, ConvolutionEmitters::planar);
        table.put(Convolution2D.class, ConvolutionEmitters::planar);
        table.put(Convolution1DLayer.class, ConvolutionEmitters::linear);
        table.put(Convolution1D.class, ConvolutionEmitters::linear);
        table.put(Convolution3D.class, ConvolutionEmitters::spatial);
        table.put(DepthwiseConvolution2D.class, ConvolutionEmitters::depthwise);
        table.put(SeparableConvolution2D.class, ConvolutionEmitters::separable);
    }

    static WindowGeometry window(ConvolutionLayer configuration, LayerContext layer) {
        return WindowGeometry.of(
                layer,
                configuration.getKernelSize(),
                configuration.getStride(),
                configuration.getPadding(),
                configuration.getDilation(),
                configuration.getConvolutionMode());
    }

    static ChannelsFirst image(ConvolutionLayer configuration, LayerContext layer) {
        return ChannelsFirst.of(layer, configuration.getCnn2dDataFormat() == CNN2DFormat.NHWC);
    }

    /** Emits a convolution of pictures. W is [out, in, kH, kW]. */
    private static String planar(ConvolutionLayer configuration, LayerContext layer) {
        ChannelsFirst image = image(configuration, layer);
        String result = convolve(layer, image, window(configuration, layer), layer.weight("W"), 1);
        return layer.activate(configuration.getActivationFn(), image.restore(result));
    }

    /**
     * Emits a convolution of sequences. The shape of W is [out, in, k, 1], but DL4J reshapes it (without permuting) to
     * [k, in, out].
     */
    private static String linear(Convolution1DLayer configuration, LayerContext layer) {
        ChannelsFirst sequence = ChannelsFirst.of(layer, configuration.getRnnDataFormat() == RNNFormat.NWC);
        INDArray weight = layer.held("W");
        INDArray reshaped = weight.reshape(weight.ordering(), weight.size(2), weight.size(1), weight.size(0))
                .permute(2, 1, 0);
        WindowGeometry window = window(configuration, layer).firstAxis();
        String result = convolve(layer, sequence, window, layer.weight("W", reshaped), 1);
        return layer.activate(configuration.getActivationFn(), sequence.restore(result));
    }

    /** Emits a convolution of volumes. W is [out, in, kD, kH, kW]. */
    private static String spatial(Convolution3D configuration, LayerContext layer) {
        ChannelsFirst volume = ChannelsFirst.of(layer, configuration.getDataFormat() != Convolution3D.DataFormat.NCDHW);
        String result = convolve(layer, volume, window(configuration, layer), layer.weight("W"), 1);
        return layer.activate(configuration.getActivationFn(), volume.restore(result));
    }

    /** Emits a depthwise convolution. W is [kH, kW, in, M]: channel c gives the outputs c * M to c * M + M - 1. */
    private static String depthwise(DepthwiseConvolution2D configuration, LayerContext layer) {
        ChannelsFirst image = image(configuration, layer);
        INDArray weight = layer.array("W").permute(2, 3, 0, 1).dup('c');
        long channels = weight.size(0);
        String grouped = grouped(layer, weight);
        String result = convolve(layer, image, window(configuration, layer), grouped, channels);
        return layer.activate(configuration.getActivationFn(), image.restore(result));
    }

    /**
     * Converts [in, M, kH, kW] to [in * M, 1, kH, kW], the weights of a convolution that keeps the channels separate.
     */
    private static String grouped(LayerContext layer, INDArray weight) {
        return layer.weight("W", weight.reshape(weight.size(0) * weight.size(1), 1, weight.size(2), weight.size(3)));
    }

    /** Emits a separable convolution. W is [M, in, kH, kW], pW [out, in * M, 1, 1]; the bias belongs to the second. */
    private static String separable(SeparableConvolution2D configuration, LayerContext layer) {
        ChannelsFirst image = image(configuration, layer);
        INDArray weight = layer.array("W").permute(1, 0, 2, 3).dup('c');
        long channels = weight.size(0);
        String grouped = grouped(layer, weight);
        WindowGeometry window = window(configuration, layer);
        String depth = window.slide(layer.op("Conv", image.value(), grouped), image.spatial())
                .ints("kernel_shape", window.kernel())
                .integer("group", channels)
                .emit();
        String result = layer.op("Conv", depth, layer.weight("pW"), bias(layer)).emit();
        return layer.activate(configuration.getActivationFn(), image.restore(result));
    }

    private static String convolve(
            LayerContext layer, ChannelsFirst image, WindowGeometry window, String weight, long groups) {
        return window.slide(layer.op("Conv", image.value(), weight, bias(layer)), image.spatial())
                .ints("kernel_shape", window.kernel())
                .integer("group", groups)
                .emit();
    }

    /** Returns the bias as [out]; empty if the layer has none. */
    static String bias(LayerContext layer) {
        return layer.has("b") ? DenseEmitters.vector(layer, "b") : "";
    }
}
