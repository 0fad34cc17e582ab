package dev.jzoo.export.dl4j.layers;

import org.deeplearning4j.nn.conf.layers.CapsuleLayer;
import org.deeplearning4j.nn.conf.layers.CapsuleStrengthLayer;
import org.deeplearning4j.nn.conf.layers.PrimaryCapsules;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Capsule networks with dynamic routing, from Sabour, Frosst and Hinton, 2017. Capsules are [N, capsules, size]. */
final class CapsuleEmitters {

    private static final float SQUASH_EPSILON = 1e-5f;

    private CapsuleEmitters() {}

    static void addTo(EmitterTable table) {
        table.put(PrimaryCapsules.class, CapsuleEmitters::primary);
        table.put(CapsuleLayer.class, CapsuleEmitters::routed);
        table.put(CapsuleStrengthLayer.class, (configuration, layer) -> layer.op("ReduceL2", layer.input())
                .ints("axes", 2)
                .integer("keepdims", 0)
                .emit());
    }

    /** Emits a convolution with W [kH, kW, in, out], divided into capsules in row-major order. */
    private static String primary(PrimaryCapsules configuration, LayerContext layer) {
        ChannelsFirst image = ChannelsFirst.of(layer, false);
        WindowGeometry window = WindowGeometry.of(
                layer,
                configuration.getKernelSize(),
                configuration.getStride(),
                configuration.getPadding(),
                configuration.getDilation(),
                configuration.getConvolutionMode());
        String weight = layer.weight("weight", layer.array("weight").permute(3, 2, 0, 1));
        String bias = configuration.isHasBias() ? DenseEmitters.vector(layer, "bias") : "";
        String result = window.slide(layer.op("Conv", image.value(), weight, bias), image.spatial())
                .ints("kernel_shape", window.kernel())
                .emit();
        if (configuration.isUseRelu()) {
            result = layer.op("LeakyRelu", result)
                    .real("alpha", configuration.getLeak())
                    .emit();
        }
        String capsules =
                layer.reshape(result, -1, layer.size(layer.outputShape(), 1), layer.size(layer.outputShape(), 2));
        return squash(layer, capsules, 2);
    }

    /**
     * Emits routing by agreement. The couplings are the softmax of the accumulated agreement between predictions and
     * outputs.
     */
    private static String routed(CapsuleLayer configuration, LayerContext layer) {
        // From [1, in, capsules * size, inSize, 1] to [in, inSize, capsules * size].
        INDArray weight = layer.array("weight");
        INDArray matrices = weight.reshape('c', weight.size(1), weight.size(2), weight.size(3))
                .permute(0, 2, 1);
        String product = layer.op("MatMul", layer.transpose(layer.input(), 1, 0, 2), layer.weight("weight", matrices))
                .emit();
        long inputs = configuration.getInputCapsules();
        long capsules = configuration.getCapsules();
        // [N, in, capsules, size]
        String predictions = layer.reshape(
                layer.transpose(product, 1, 0, 2), -1, inputs, capsules, configuration.getCapsuleDimensions());
        String bias = configuration.isHasBias()
                ? layer.weight(
                        "bias", layer.array("bias").reshape(1, 1, capsules, configuration.getCapsuleDimensions()))
                : "";
        String couplings = layer.graph().constant(1f / capsules);
        String logits = "";
        for (int i = 1; ; i++) {
            String sum = sum(layer, layer.op("Mul", couplings, predictions).emit(), 1);
            String biased = bias.isEmpty() ? sum : layer.op("Add", sum, bias).emit();
            String output = squash(layer, biased, 3);
            if (i == configuration.getRoutings()) {
                return layer.op("Squeeze", output, layer.integers(1)).emit();
            }
            String agreement = sum(layer, layer.op("Mul", predictions, output).emit(), 3);
            logits = logits.isEmpty()
                    ? agreement
                    : layer.op("Add", logits, agreement).emit();
            couplings = layer.op("Softmax", logits).integer("axis", 2).emit();
        }
    }

    private static String sum(LayerContext layer, String value, long axis) {
        return layer.op("ReduceSum", value, layer.integers(axis)).emit();
    }

    /** Emits x |x|^2 / ((1 + |x|^2) sqrt(|x|^2 + eps)): the direction stays, the length becomes less than 1. */
    private static String squash(LayerContext layer, String value, long axis) {
        String square = layer.op("ReduceSumSquare", value).ints("axes", axis).emit();
        String root = layer.op(
                        "Sqrt",
                        layer.op("Add", square, layer.graph().constant(SQUASH_EPSILON))
                                .emit())
                .emit();
        String divisor = layer.op(
                        "Mul",
                        layer.op("Add", square, layer.graph().constant(1f)).emit(),
                        root)
                .emit();
        return layer.op("Div", layer.op("Mul", value, square).emit(), divisor).emit();
    }
}
