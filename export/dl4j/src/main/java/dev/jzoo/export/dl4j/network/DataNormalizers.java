package dev.jzoo.export.dl4j.network;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.MinMaxStrategy;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerHybrid;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStrategy;
import org.nd4j.linalg.dataset.api.preprocessor.StandardizeStrategy;
import org.nd4j.linalg.dataset.api.preprocessor.VGG16ImagePreProcessor;
import org.nd4j.linalg.dataset.api.preprocessor.stats.DistributionStats;
import org.nd4j.linalg.dataset.api.preprocessor.stats.MinMaxStats;
import org.nd4j.linalg.dataset.api.preprocessor.stats.NormalizerStats;

/**
 * A normalizer of DL4J, by the inputs and outputs that it scales. Outputs are scaled if it was fitted with {@code
 * fitLabel}: a network that learned scaled labels returns scaled results.
 *
 * @param inputs scalings by the number of the input
 * @param outputs inverse scalings of labels, by the number of the output
 */
public record DataNormalizers(Map<Integer, DataScaling> inputs, Map<Integer, DataScaling> outputs) {

    private static final NormalizerStrategy<DistributionStats> STANDARD = new StandardizeStrategy();

    /** Returns the normalizers of a network whose data are not normalized. */
    public static DataNormalizers none() {
        return new DataNormalizers(Map.of(), Map.of());
    }

    /** Converts a normalizer. Fails with IllegalArgumentException if it is of another class or was not fitted. */
    public static DataNormalizers of(Normalizer<?> normalizer) {
        DataNormalizers result = new DataNormalizers(new HashMap<>(), new HashMap<>());
        if (normalizer instanceof NormalizerStandardize one) {
            result.add(0, STANDARD, fitted(one.getMean(), one.getStd()));
            if (one.isFitLabel()) {
                result.undo(0, STANDARD, fitted(one.getLabelMean(), one.getLabelStd()));
            }
        } else if (normalizer instanceof NormalizerMinMaxScaler one) {
            MinMaxStrategy strategy = new MinMaxStrategy(one.getTargetMin(), one.getTargetMax());
            result.add(0, strategy, new MinMaxStats(one.getMin(), one.getMax()));
            if (one.isFitLabel()) {
                result.undo(0, strategy, new MinMaxStats(one.getLabelMin(), one.getLabelMax()));
            }
        } else if (normalizer instanceof ImagePreProcessingScaler one && !one.isFitLabel()) {
            result.inputs.put(0, DataScaling.pixels(one, one.getMinRange(), one.getMaxRange(), one.getMaxPixelVal()));
        } else if (normalizer instanceof VGG16ImagePreProcessor one) {
            result.inputs.put(0, DataScaling.meanColour(one));
        } else if (normalizer instanceof MultiNormalizerStandardize several) {
            result.addAll(several);
        } else if (normalizer instanceof MultiNormalizerMinMaxScaler several) {
            result.addAll(several);
        } else if (normalizer instanceof MultiNormalizerHybrid several) {
            result.addAll(several);
        } else {
            throw new IllegalArgumentException("Cannot export the normalizer "
                    + normalizer.getClass().getName()
                    + ", because it has no ONNX form. Export the network without it and scale the data in your"
                    + " own code.");
        }
        return result;
    }

    private static DistributionStats fitted(INDArray mean, INDArray deviation) {
        return new DistributionStats(mean, deviation.dup());
    }

    private void addAll(MultiNormalizerStandardize several) {
        for (int i = 0; i < several.numInputs(); i++) {
            add(i, STANDARD, fitted(several.getFeatureMean(i), several.getFeatureStd(i)));
        }
        for (int i = 0; several.isFitLabel() && i < several.numOutputs(); i++) {
            undo(i, STANDARD, fitted(several.getLabelMean(i), several.getLabelStd(i)));
        }
    }

    private void addAll(MultiNormalizerMinMaxScaler several) {
        MinMaxStrategy strategy = new MinMaxStrategy(several.getTargetMin(), several.getTargetMax());
        for (int i = 0; i < several.numInputs(); i++) {
            add(i, strategy, new MinMaxStats(several.getMin(i), several.getMax(i)));
        }
        for (int i = 0; several.isFitLabel() && i < several.numOutputs(); i++) {
            undo(i, strategy, new MinMaxStats(several.getLabelMin(i), several.getLabelMax(i)));
        }
    }

    /**
     * Adds the strategies of the inputs. An input without its own strategy gets the strategy for all, if there is one.
     */
    private void addAll(MultiNormalizerHybrid several) {
        several.getInputStats().forEach((number, stats) -> {
            NormalizerStrategy<?> own = several.getPerInputStrategies().get(number);
            add(number, own == null ? several.getGlobalInputStrategy() : own, stats);
        });
        several.getOutputStats().forEach((number, stats) -> {
            NormalizerStrategy<?> own = several.getPerOutputStrategies().get(number);
            undo(number, own == null ? several.getGlobalOutputStrategy() : own, stats);
        });
    }

    private void add(int number, NormalizerStrategy<?> strategy, NormalizerStats stats) {
        if (strategy != null) {
            inputs.put(number, DataScaling.applied(strategy, stats));
        }
    }

    private void undo(int number, NormalizerStrategy<?> strategy, NormalizerStats stats) {
        if (strategy != null) {
            outputs.put(number, DataScaling.reverted(strategy, stats));
        }
    }
}
