package dev.jzoo.export.dl4j;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Convolutions. */
final class ConvolutionEmitters {

    private ConvolutionEmitters() {}

    static void addTo(EmitterTable table) {
        table.put(ConvolutionLayer.class, ConvolutionEmitters::planar);
        table.put(Convolution2D.class, ConvolutionEmitters::planar);
    }

    static Window window(ConvolutionLayer configuration) {
        return Window.of(
                configuration.getKernelSize(),
                configuration.getStride(),
                configuration.getPadding(),
                configuration.getDilation(),
                configuration.getConvolutionMode());
    }

    static ChannelsFirst image(ConvolutionLayer configuration, LayerContext layer) {
        return ChannelsFirst.of(layer, configuration.getCnn2dDataFormat() == CNN2DFormat.NHWC);
    }

    /** W is [out, in, kH, kW] whatever the layout of the activations. */
    private static String planar(ConvolutionLayer configuration, LayerContext layer) {
        ChannelsFirst image = image(configuration, layer);
        String result = convolve(layer, image, window(configuration), layer.weight("W"), 1);
        return layer.activate(configuration.getActivationFn(), image.restore(result));
    }

    static String convolve(LayerContext layer, ChannelsFirst image, Window window, String weight, long groups) {
        return window.slide(layer.op("Conv", image.value(), weight, bias(layer)), image.spatial())
                .ints("kernel_shape", window.kernel())
                .integer("group", groups)
                .emit();
    }

    static String bias(LayerContext layer) {
        if (!layer.has("b")) {
            return "";
        }
        INDArray bias = layer.array("b");
        return layer.weight("b", bias.reshape(bias.length()));
    }
}
