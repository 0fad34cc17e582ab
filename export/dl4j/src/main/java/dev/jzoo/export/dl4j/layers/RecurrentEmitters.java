package dev.jzoo.export.dl4j.layers;

import dev.jzoo.onnx.TensorData;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.util.TimeSeriesUtils;

/** Layers over sequences, [N, C, T], or [N, T, C] if the layer's format is NWC. */
final class RecurrentEmitters {

    private RecurrentEmitters() {}

    static void addTo(EmitterTable table) {
        RecurrentLayers.addTo(table);
        table.put(LastTimeStep.class, RecurrentEmitters::lastTimeStep);
        table.put(RepeatVector.class, RecurrentEmitters::repeat);
        table.put(TimeDistributed.class, RecurrentEmitters::timeDistributed);
        table.put(RnnOutputLayer.class, (configuration, layer) -> {
            boolean featuresFirst = configuration.getRnnDataFormat() != RNNFormat.NWC;
            String steps = featuresLast(layer, featuresFirst);
            return perStep(configuration, layer, DenseEmitters.linear(layer, steps, 3), featuresFirst);
        });
        table.put(RnnLossLayer.class, (configuration, layer) -> {
            boolean featuresFirst = configuration.getRnnDataFormat() != RNNFormat.NWC;
            return perStep(configuration, layer, featuresLast(layer, featuresFirst), featuresFirst);
        });
    }

    private static String featuresLast(LayerContext layer, boolean featuresFirst) {
        return featuresFirst ? layer.transpose(layer.input(), 0, 2, 1) : layer.input();
    }

    /** Applies the activation to each step separately, so that softmax is over the features. */
    private static String perStep(BaseLayer configuration, LayerContext layer, String steps, boolean featuresFirst) {
        String result = layer.activate(configuration.getActivationFn(), steps);
        return featuresFirst ? layer.transpose(result, 0, 2, 1) : result;
    }

    /**
     * Emits the result of the wrapped layer at the last valid step; for a bidirectional layer, that step of both
     * directions.
     */
    private static String lastTimeStep(LastTimeStep configuration, LayerContext layer) {
        Layer inner = configuration.getUnderlying();
        boolean featuresFirst = TimeSeriesUtils.getFormatFromRnnLayer(inner) != RNNFormat.NWC;
        if (layer.masking() != Masking.NONE) {
            if (inner instanceof MaskZeroLayer) {
                throw layer.unsupported("lengths in addition to its own masking; export without lengths");
            }
            String sequence = RecurrentLayers.masked(inner, layer);
            return steps(layer, sequence, featuresFirst, layer.masking().last(layer.graph()));
        }
        Dimension batch = layer.inputShape().get(0);
        Dimension features = layer.outputShape().get(1);
        List<Dimension> shape = featuresFirst
                ? List.of(batch, features, new Dimension.UnknownDimension())
                : List.of(batch, new Dimension.UnknownDimension(), features);
        String sequence = layer.emitInner(inner, shape);
        return inner instanceof MaskZeroLayer masked
                ? steps(layer, sequence, featuresFirst, RecurrentLayers.lastUnmasked(masked, layer))
                : step(layer, sequence, featuresFirst ? 2 : 1, -1);
    }

    /** Selects a step for each example by an index, int64 [N, 1]. */
    static String steps(LayerContext layer, String sequence, boolean featuresFirst, String index) {
        String timeFirst = featuresFirst ? layer.transpose(sequence, 0, 2, 1) : sequence;
        return layer.op("GatherND", timeFirst, index).integer("batch_dims", 1).emit();
    }

    /** Selects one step of a sequence; -1 is the last. */
    static String step(LayerContext layer, String sequence, int timeAxis, long index) {
        return layer.op("Gather", sequence, layer.graph().constant(TensorData.scalar(index)))
                .integer("axis", timeAxis)
                .emit();
    }

    /** Converts [N, C] to [N, C, n] or [N, n, C]. */
    private static String repeat(RepeatVector configuration, LayerContext layer) {
        boolean featuresFirst = configuration.getDataFormat() == RNNFormat.NCW;
        String sequence = layer.op("Unsqueeze", layer.input(), layer.integers(featuresFirst ? 2 : 1))
                .emit();
        long n = configuration.getN();
        return layer.op("Expand", sequence, featuresFirst ? layer.integers(1, 1, n) : layer.integers(1, n, 1))
                .emit();
    }

    /** Applies a layer that computes each row separately to every step. */
    private static String timeDistributed(TimeDistributed configuration, LayerContext layer) {
        Layer inner = configuration.getUnderlying();
        if (!layer.isRowwise(inner)) {
            throw layer.unsupported("it wraps a " + inner.getClass().getSimpleName());
        }
        boolean featuresFirst = configuration.getRnnDataFormat() == RNNFormat.NCW;
        List<Dimension> in = layer.inputShape();
        List<Dimension> out = layer.outputShape();
        String steps = featuresLast(layer, featuresFirst);
        String result = featuresFirst
                ? layer.reading(steps, List.of(in.get(0), in.get(2), in.get(1)))
                        .emitInner(inner, List.of(out.get(0), out.get(2), out.get(1)))
                : layer.emitInner(inner, out);
        return featuresFirst ? layer.transpose(result, 0, 2, 1) : result;
    }
}
