package dev.jzoo.export.dl4j.layers;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.util.MaskLayer;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.nd4j.linalg.activations.IActivation;

/** Layers that compute each example, and each row, separately. */
final class DenseEmitters {

    private DenseEmitters() {}

    static void addTo(EmitterTable table) {
        table.putRowwise(DenseLayer.class, DenseEmitters::dense);
        table.putRowwise(OutputLayer.class, DenseEmitters::dense);
        // The layer always has a bias, whatever its setting, and does not apply it if hasBias is false.
        table.putRowwise(
                CenterLossOutputLayer.class,
                (configuration, layer) -> layer.activate(
                        configuration.getActivationFn(),
                        linear(layer, layer.input(), layer.rank(), configuration.hasBias())));
        // Only the encoder, which is what DL4J's output() computes.
        table.putRowwise(AutoEncoder.class, DenseEmitters::dense);
        table.putRowwise(
                LossLayer.class,
                (configuration, layer) -> layer.activate(configuration.getActivationFn(), layer.input()));
        table.putRowwise(
                ActivationLayer.class,
                (configuration, layer) -> layer.activate(configuration.getActivationFn(), layer.input()));
        // Does nothing in inference, not even its activation function.
        table.putRowwise(DropoutLayer.class, (configuration, layer) -> layer.input());
        // Acts on masks only.
        table.putRowwise(MaskLayer.class, (configuration, layer) -> layer.input());
        table.putRowwise(ElementWiseMultiplicationLayer.class, DenseEmitters::elementwiseMultiplication);
        table.putRowwise(VariationalAutoencoder.class, DenseEmitters::variational);
        table.put(PReLULayer.class, (configuration, layer) -> layer.op("PRelu", layer.input(), layer.weight("W"))
                .emit());
        table.put(
                CnnLossLayer.class,
                (configuration, layer) -> overChannels(
                        layer, configuration.getActivationFn(), configuration.getFormat() != CNN2DFormat.NCHW));
        table.put(
                Cnn3DLossLayer.class,
                (configuration, layer) -> overChannels(
                        layer,
                        configuration.getActivationFn(),
                        configuration.getDataFormat() != Convolution3D.DataFormat.NCDHW));
        table.put(
                FrozenLayer.class,
                (configuration, layer) -> layer.emitInner(configuration.getLayer(), layer.outputShape()));
        table.put(
                FrozenLayerWithBackprop.class,
                (configuration, layer) -> layer.emitInner(configuration.getUnderlying(), layer.outputShape()));
    }

    /** Emits a dense layer. W is [in, out], as in Gemm and MatMul. */
    private static String dense(BaseLayer configuration, LayerContext layer) {
        return layer.activate(configuration.getActivationFn(), linear(layer, layer.input(), layer.rank()));
    }

    /** Emits x W + b over the last axis. If the layer has a gain, the products are normalised before b is added. */
    static String linear(LayerContext layer, String value, int rank) {
        return linear(layer, value, rank, layer.has("b"));
    }

    private static String linear(LayerContext layer, String value, int rank, boolean bias) {
        if (layer.has("g")) {
            String product = layer.op("MatMul", value, layer.weight("W")).emit();
            return NormalizationEmitters.layerNorm(layer, product, "g", bias ? "b" : "");
        }
        if (rank == 2) {
            return layer.op("Gemm", value, layer.weight("W"), bias ? vector(layer, "b") : "")
                    .emit();
        }
        String product = layer.op("MatMul", value, layer.weight("W")).emit();
        return bias ? layer.op("Add", product, vector(layer, "b")).emit() : product;
    }

    /** Adds a parameter that DL4J keeps as [1, n] as [n]. */
    static String vector(LayerContext layer, String key) {
        return layer.weight(key, layer.array(key).ravel());
    }

    private static String elementwiseMultiplication(BaseLayer configuration, LayerContext layer) {
        String product = layer.op("Mul", layer.input(), vector(layer, "W")).emit();
        String sum = layer.op("Add", product, vector(layer, "b")).emit();
        return layer.activate(configuration.getActivationFn(), sum);
    }

    /** Emits the mean of p(z | x): encoder layers, then a linear map with its own activation. */
    private static String variational(VariationalAutoencoder configuration, LayerContext layer) {
        String value = layer.input();
        for (int i = 0; i < configuration.getEncoderLayerSizes().length; i++) {
            String product =
                    layer.op("MatMul", value, layer.weight("e" + i + "W")).emit();
            String sum = layer.op("Add", product, vector(layer, "e" + i + "b")).emit();
            value = layer.activate(configuration.getActivationFn(), sum);
        }
        String product = layer.op("MatMul", value, layer.weight("pZXMeanW")).emit();
        String sum = layer.op("Add", product, vector(layer, "pZXMeanb")).emit();
        return layer.activate(configuration.getPzxActivationFn(), sum);
    }

    /** Emits an activation with the channels on the last axis, so that softmax is over them. */
    private static String overChannels(LayerContext layer, IActivation function, boolean channelsLast) {
        if (channelsLast) {
            return layer.activate(function, layer.input());
        }
        String result = layer.activate(function, ChannelsFirst.toLast(layer, layer.input(), layer.rank()));
        return ChannelsFirst.toFirst(layer, result, layer.rank());
    }
}
