package dev.jzoo.export.dl4j.layers;

import dev.jzoo.onnx.TensorData;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.LocallyConnected1D;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.nd4j.linalg.activations.Activation;

/** Convolutions with separate weights for each position, W [positions, in * kernel, out]. */
final class LocallyConnectedEmitters {

    private LocallyConnectedEmitters() {}

    static void addTo(EmitterTable table) {
        table.put(LocallyConnected1D.class, LocallyConnectedEmitters::linear);
        table.put(LocallyConnected2D.class, LocallyConnectedEmitters::planar);
    }

    private static String linear(LocallyConnected1D configuration, LayerContext layer) {
        int begin = configuration.getPadding();
        int end = configuration.getCm() == ConvolutionMode.Same ? configuration.getPaddingR() : begin;
        String padded = layer.op("Pad", layer.input(), layer.integers(0, 0, begin, 0, 0, end))
                .emit();
        int positions = configuration.getOutputSize();
        // From [N, C, positions, k] to [positions, N, C k].
        String patches = gather(layer, padded, 2, positions, configuration.getStride(), configuration.getKernel());
        String rows = layer.reshape(layer.transpose(patches, 2, 0, 1, 3), positions, -1, configuration.getFeatureDim());
        String result = layer.transpose(multiply(layer, rows, configuration.isHasBias()), 1, 2, 0);
        return activated(layer, configuration.getActivation(), result);
    }

    /**
     * Emits the layer for pictures. Position p of the weights has the patch at y = p mod outH, x = p / outH, but its
     * result goes to position p in row-major order.
     */
    private static String planar(LocallyConnected2D configuration, LayerContext layer) {
        boolean channelsLast = configuration.getFormat() != CNN2DFormat.NCHW;
        ChannelsFirst image = ChannelsFirst.of(layer, channelsLast);
        int[] begin = configuration.getPadding();
        int[] end = configuration.getCm() == ConvolutionMode.Same ? configuration.getPaddingBr() : begin;
        String padded = layer.op("Pad", image.value(), layer.integers(0, 0, begin[0], begin[1], 0, 0, end[0], end[1]))
                .emit();
        int[] out = configuration.getOutputSize();
        int[] stride = configuration.getStride();
        int[] kernel = configuration.getKernel();
        // From [N, C, H, W] to [N, C, outH, kH, W] to [N, C, outH, kH, outW, kW].
        String rows = gather(layer, padded, 2, out[0], stride[0], kernel[0]);
        String patches = gather(layer, rows, 4, out[1], stride[1], kernel[1]);
        String flat = layer.reshape(
                layer.transpose(patches, 4, 2, 0, 1, 3, 5), (long) out[0] * out[1], -1, configuration.getFeatureDim());
        String result = layer.reshape(
                multiply(layer, flat, configuration.isHasBias()), out[0], out[1], -1, configuration.getNOut());
        String restored = channelsLast ? layer.transpose(result, 2, 0, 1, 3) : layer.transpose(result, 2, 3, 0, 1);
        return activated(layer, configuration.getActivation(), restored);
    }

    /**
     * Multiplies patches and weights. The layer always has a bias, whatever its setting, and does not apply it if
     * hasBias is false.
     */
    private static String multiply(LayerContext layer, String patches, boolean bias) {
        String product = layer.op("MatMul", patches, layer.weight("W")).emit();
        return bias ? layer.op("Add", product, DenseEmitters.vector(layer, "b")).emit() : product;
    }

    /** Emits the activation. The slope of a leaky ReLU is 0 here, because DL4J does not pass it to SameDiff. */
    private static String activated(LayerContext layer, Activation function, String value) {
        return function == Activation.LEAKYRELU
                ? layer.op("Relu", value).emit()
                : layer.activate(function.getActivationFunction(), value);
    }

    /** Replaces an axis by two: the position of the window, and the position inside it. */
    private static String gather(LayerContext layer, String value, int axis, int positions, int stride, int kernel) {
        long[] indices = new long[positions * kernel];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (long) (i / kernel) * stride + i % kernel;
        }
        return layer.op("Gather", value, layer.graph().constant(TensorData.of(indices, positions, kernel)))
                .integer("axis", axis)
                .emit();
    }
}
