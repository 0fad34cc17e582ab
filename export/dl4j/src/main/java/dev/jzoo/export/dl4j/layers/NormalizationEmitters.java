package dev.jzoo.export.dl4j.layers;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Normalisation over the batch, over features, or over neighbouring channels. */
final class NormalizationEmitters {

    /** A small number, because ND4J divides by the plain standard deviation and returns 0 where that is 0. */
    private static final double LAYER_NORM_EPSILON = 1e-12;

    private NormalizationEmitters() {}

    static void addTo(EmitterTable table) {
        table.put(BatchNormalization.class, NormalizationEmitters::batchNorm);
        table.put(LocalResponseNormalization.class, NormalizationEmitters::localResponse);
    }

    /**
     * Emits local response normalisation. DL4J sums over n / 2 channels on either side and, unlike ONNX, does not
     * divide by their number.
     */
    private static String localResponse(LocalResponseNormalization configuration, LayerContext layer) {
        ChannelsFirst image = ChannelsFirst.of(layer, configuration.getDataFormat() != CNN2DFormat.NCHW);
        long size = 2 * ((long) configuration.getN() / 2) + 1;
        return image.restore(layer.op("LRN", image.value())
                .integer("size", size)
                .real("alpha", configuration.getAlpha() * size)
                .real("beta", configuration.getBeta())
                .real("bias", configuration.getK())
                .emit());
    }

    private static String batchNorm(BatchNormalization configuration, LayerContext layer) {
        int rank = layer.rank();
        boolean channelsLast = rank > 2 && configuration.getCnn2DFormat() != CNN2DFormat.NCHW;
        // DL4J treats a sequence as a picture of one row, with the examples in place of its channels unless these are
        // last.
        if (rank != 2 && rank != 4 && !(rank == 3 && channelsLast)) {
            throw layer.unsupported("batch normalisation of an input of rank " + rank);
        }
        ChannelsFirst image = ChannelsFirst.of(layer, channelsLast);
        INDArray mean = layer.array("mean").ravel();
        INDArray variance = configuration.isUseLogStd()
                ? variance(layer)
                : layer.array("var").ravel();
        boolean locked = configuration.isLockGammaBeta();
        // DL4J applies fixed gamma and beta only if neither has its neutral value.
        boolean applied = configuration.getGamma() != 1 && configuration.getBeta() != 0;
        INDArray gamma = locked
                ? filled(mean, applied ? configuration.getGamma() : 1)
                : layer.array("gamma").ravel();
        INDArray beta = locked
                ? filled(mean, applied ? configuration.getBeta() : 0)
                : layer.array("beta").ravel();
        String result = layer.op(
                        "BatchNormalization",
                        image.value(),
                        layer.weight("gamma", gamma),
                        layer.weight("beta", beta),
                        layer.weight("mean", mean),
                        layer.weight("var", variance))
                .real("epsilon", configuration.getEps())
                .real("momentum", configuration.getDecay())
                .emit();
        return image.restore(result);
    }

    /** Returns the variance. DL4J stores the decimal logarithm of the standard deviation. */
    private static INDArray variance(LayerContext layer) {
        INDArray logarithm = layer.array("log10stdev").ravel();
        return Transforms.exp(logarithm.mul(2 * Math.log(10)), false);
    }

    private static INDArray filled(INDArray like, double value) {
        return Nd4j.valueArrayOf(like.shape(), value, like.dataType());
    }

    /** Emits layer normalisation over the last axis, with a gain, and a bias if the key is not empty. */
    static String layerNorm(LayerContext layer, String value, String gainKey, String biasKey) {
        String gain = DenseEmitters.vector(layer, gainKey);
        String bias = biasKey.isEmpty() ? "" : DenseEmitters.vector(layer, biasKey);
        if (layer.graph().opset() >= 17) {
            return layer.op("LayerNormalization", value, gain, bias)
                    .integer("axis", -1)
                    .real("epsilon", LAYER_NORM_EPSILON)
                    .emit();
        }
        String mean = mean(layer, value);
        String centred = layer.op("Sub", value, mean).emit();
        String variance = mean(layer, layer.op("Mul", centred, centred).emit());
        String shifted = layer.op("Add", variance, layer.graph().constant((float) LAYER_NORM_EPSILON))
                .emit();
        String normal =
                layer.op("Div", centred, layer.op("Sqrt", shifted).emit()).emit();
        String scaled = layer.op("Mul", normal, gain).emit();
        return bias.isEmpty() ? scaled : layer.op("Add", scaled, bias).emit();
    }

    private static String mean(LayerContext layer, String value) {
        return layer.op("ReduceMean", value).ints("axes", -1).emit();
    }
}
