package dev.jzoo.export.dl4j;

import dev.jzoo.export.onnx.Dim;
import dev.jzoo.export.onnx.TensorData;
import java.util.List;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.util.TimeSeriesUtils;

/** Layers over sequences, [N, C, T] or, where the layer's format is NWC, [N, T, C]. */
final class RecurrentEmitters {

    private RecurrentEmitters() {}

    static void addTo(EmitterTable table) {
        table.put(LSTM.class, (configuration, layer) -> RecurrentLayers.lstm(configuration, layer));
        table.put(LastTimeStep.class, RecurrentEmitters::lastTimeStep);
        table.put(
                RnnOutputLayer.class,
                (configuration, layer) -> perStep(configuration, configuration.getRnnDataFormat(), layer, true));
        table.put(
                RnnLossLayer.class,
                (configuration, layer) -> perStep(configuration, configuration.getRnnDataFormat(), layer, false));
    }

    /** A dense layer, or only an activation, of each step alone: softmax is over the features. */
    private static String perStep(BaseLayer configuration, RNNFormat format, LayerContext layer, boolean weights) {
        boolean featuresFirst = format == RNNFormat.NCW;
        String steps = featuresFirst ? layer.transpose(layer.input(), 0, 2, 1) : layer.input();
        String linear = weights ? DenseEmitters.linear(layer, steps, 3) : steps;
        String result = layer.activate(configuration.getActivationFn(), linear);
        return featuresFirst ? layer.transpose(result, 0, 2, 1) : result;
    }

    /** The result of the wrapped layer at t = T - 1; for a bidirectional one of both directions. */
    private static String lastTimeStep(LastTimeStep configuration, LayerContext layer) {
        var inner = configuration.getUnderlying();
        boolean featuresFirst = TimeSeriesUtils.getFormatFromRnnLayer(inner) == RNNFormat.NCW;
        int time = featuresFirst ? 2 : 1;
        Dim steps = layer.inputShape().get(layer.rank() - 1);
        Dim features = layer.outputShape().get(1);
        Dim batch = layer.inputShape().get(0);
        String sequence = layer.emitInner(
                inner, featuresFirst ? List.of(batch, features, steps) : List.of(batch, steps, features));
        return lastStep(layer, sequence, time);
    }

    static String lastStep(LayerContext layer, String sequence, int timeAxis) {
        return layer.op("Gather", sequence, layer.graph().constant(TensorData.scalar(-1L)))
                .integer("axis", timeAxis)
                .emit();
    }
}
