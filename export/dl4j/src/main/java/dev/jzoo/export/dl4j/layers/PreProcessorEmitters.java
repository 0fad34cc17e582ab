package dev.jzoo.export.dl4j.layers;

import dev.jzoo.export.dl4j.network.DataScaling;
import dev.jzoo.export.dl4j.network.NdArrays;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.zoo.card.Dimension;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnn3DPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.preprocessors.KerasFlattenRnnPreprocessor;
import org.deeplearning4j.preprocessors.PermutePreprocessor;
import org.deeplearning4j.preprocessors.ReshapePreprocessor;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The conversions that DL4J makes between layers of different kinds. A sequence [N, C, T] becomes T * N rows, row t * N
 * + n for step t of example n; see {@link LayerOutput#rows()}.
 */
final class PreProcessorEmitters {

    private PreProcessorEmitters() {}

    static void addTo(EmitterTable table) {
        table.put(CnnToFeedForwardPreProcessor.class, PreProcessorEmitters::reshape);
        table.put(Cnn3DToFeedForwardPreProcessor.class, PreProcessorEmitters::reshape);
        table.put(FeedForwardToCnnPreProcessor.class, PreProcessorEmitters::reshape);
        table.put(FeedForwardToCnn3DPreProcessor.class, PreProcessorEmitters::reshape);
        // LayerEmission makes rows of sequences, so only an input without a time axis gets here.
        table.put(RnnToFeedForwardPreProcessor.class, (configuration, layer) -> layer.input());
        table.put(FeedForwardToRnnPreProcessor.class, PreProcessorEmitters::restoreTime);
        table.put(CnnToRnnPreProcessor.class, PreProcessorEmitters::restoreTime);
        table.put(KerasFlattenRnnPreprocessor.class, PreProcessorEmitters::reshape);
        table.put(ReshapePreprocessor.class, PreProcessorEmitters::reshape);
        table.put(PermutePreprocessor.class, PreProcessorEmitters::permute);
        table.put(RnnToCnnPreProcessor.class, PreProcessorEmitters::sequenceToImages);
        table.put(DataScaling.class, PreProcessorEmitters::scale);
    }

    /** Emits a scaling. Values for each feature are on axis 1 in every layout. */
    private static String scale(DataScaling scaling, LayerContext layer) {
        String value = layer.input();
        for (DataScaling.ScalingStep step : scaling.steps()) {
            INDArray values = step.values();
            long[] shape = new long[values.length() == 1 ? 0 : layer.rank() - 1];
            Arrays.fill(shape, 1);
            if (shape.length > 0) {
                shape[0] = values.length();
            }
            TensorData constant = NdArrays.data(values.reshape(shape));
            value = layer.op(step.operator(), value, layer.graph().constant(constant))
                    .emit();
        }
        return value;
    }

    /** Emits a row-major reshape in the actual layout; an input that already has the shape is passed on. */
    private static String reshape(InputPreProcessor configuration, LayerContext layer) {
        if (layer.inputShape().equals(layer.outputShape())) {
            return layer.input();
        }
        List<Dimension> shape = layer.outputShape();
        if (shape.size() == 2) {
            return layer.op("Flatten", layer.input()).integer("axis", 1).emit();
        }
        long[] sizes = new long[shape.size()];
        sizes[0] = -1;
        for (int i = 1; i < sizes.length; i++) {
            sizes[i] = layer.size(shape, i);
        }
        return layer.reshape(layer.input(), sizes);
    }

    static boolean makesRows(Object configuration) {
        return configuration instanceof RnnToFeedForwardPreProcessor;
    }

    static boolean restoresTime(Object configuration) {
        return configuration instanceof FeedForwardToRnnPreProcessor;
    }

    /** Converts [N, C, T] or [N, T, C] to rows [T, N, C]. */
    static LayerOutput sequenceToRows(LayerContext layer) {
        var configuration = (RnnToFeedForwardPreProcessor) layer.configuration();
        List<Dimension> shape = layer.inputShape();
        boolean featuresFirst = configuration.getRnnDataFormat() != RNNFormat.NWC;
        return featuresFirst
                ? new LayerOutput(
                        layer.transpose(layer.input(), 2, 0, 1),
                        List.of(shape.get(2), shape.get(0), shape.get(1)),
                        true)
                : new LayerOutput(
                        layer.transpose(layer.input(), 1, 0, 2),
                        List.of(shape.get(1), shape.get(0), shape.get(2)),
                        true);
    }

    /** Converts rows [T, N, C] to [N, C, T] or [N, T, C]. */
    static String rowsToSequence(LayerContext layer) {
        var configuration = (FeedForwardToRnnPreProcessor) layer.configuration();
        return configuration.getRnnDataFormat() != RNNFormat.NWC
                ? layer.transpose(layer.input(), 1, 2, 0)
                : layer.transpose(layer.input(), 1, 0, 2);
    }

    /** Converts [T * N, ...] to [N, C, T] or [N, T, C], where N is the batch of the network's input. */
    private static String restoreTime(InputPreProcessor configuration, LayerContext layer) {
        RNNFormat format = configuration instanceof CnnToRnnPreProcessor images
                ? images.getRnnDataFormat()
                : ((FeedForwardToRnnPreProcessor) configuration).getRnnDataFormat();
        long features = 1;
        for (int i = 1; i < layer.rank(); i++) {
            features *= layer.size(i);
        }
        String shape = layer.op("Concat", layer.integers(-1L), layer.batchSize(), layer.integers(features))
                .integer("axis", 0)
                .emit();
        String rows = layer.op("Reshape", layer.input(), shape).emit();
        return format != RNNFormat.NWC ? layer.transpose(rows, 1, 2, 0) : layer.transpose(rows, 1, 0, 2);
    }

    private static String sequenceToImages(RnnToCnnPreProcessor configuration, LayerContext layer) {
        String rows = configuration.getRnnDataFormat() != RNNFormat.NWC
                ? layer.transpose(layer.input(), 2, 0, 1)
                : layer.transpose(layer.input(), 1, 0, 2);
        return layer.reshape(
                rows,
                -1,
                configuration.getNumChannels(),
                configuration.getInputHeight(),
                configuration.getInputWidth());
    }

    /**
     * Emits a permutation. DL4J may already have added the batch axis in front when it ran; otherwise axes count from
     * 1.
     */
    private static String permute(PermutePreprocessor configuration, LayerContext layer) {
        int[] axes = configuration.getPermutationIndices();
        int own = layer.rank() - axes.length;
        return layer.transpose(
                layer.input(),
                IntStream.concat(IntStream.range(0, own), IntStream.of(axes))
                        .asLongStream()
                        .toArray());
    }
}
