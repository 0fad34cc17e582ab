package dev.jzoo.export.dl4j.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.MinMaxStrategy;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStrategy;
import org.nd4j.linalg.dataset.api.preprocessor.StandardizeStrategy;
import org.nd4j.linalg.dataset.api.preprocessor.VGG16ImagePreProcessor;
import org.nd4j.linalg.dataset.api.preprocessor.stats.DistributionStats;
import org.nd4j.linalg.dataset.api.preprocessor.stats.MinMaxStats;
import org.nd4j.linalg.dataset.api.preprocessor.stats.NormalizerStats;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The scaling of one input by a normalizer of DL4J, or the inverse scaling of one output. It is arithmetic with one
 * number for all features, or one for each feature on axis 1. In the framework DL4J's own code computes it.
 */
public final class DataScaling implements InputPreProcessor {

    private static final long serialVersionUID = 1;

    /**
     * One operation.
     *
     * @param operator operator of ONNX: Sub, Div, Mul, Add
     * @param values one value, or one for each feature
     */
    public record ScalingStep(String operator, INDArray values) {}

    private final transient List<ScalingStep> steps;
    private final transient Consumer<INDArray> inFramework;

    private DataScaling(List<ScalingStep> steps, Consumer<INDArray> inFramework) {
        this.steps = List.copyOf(steps);
        this.inFramework = inFramework;
    }

    /** Returns the scaling of an input by a strategy and its statistics. */
    static DataScaling applied(NormalizerStrategy<?> strategy, NormalizerStats stats) {
        List<ScalingStep> steps = new ArrayList<>();
        if (strategy instanceof StandardizeStrategy standardize) {
            DistributionStats distribution = (DistributionStats) stats;
            steps.add(new ScalingStep("Sub", distribution.getMean()));
            steps.add(new ScalingStep("Div", distribution.getStd()));
            return new DataScaling(steps, array -> standardize.preProcess(array, null, distribution));
        }
        MinMaxStrategy scaler = (MinMaxStrategy) strategy;
        MinMaxStats bounds = (MinMaxStats) stats;
        steps.add(new ScalingStep("Sub", bounds.getLower()));
        steps.add(new ScalingStep("Div", bounds.getRange()));
        steps.add(number("Mul", scaler.getMaxRange() - scaler.getMinRange()));
        steps.add(number("Add", scaler.getMinRange()));
        return new DataScaling(steps, array -> scaler.preProcess(array, null, bounds));
    }

    /** Returns the inverse scaling of an output by a strategy and its statistics. */
    static DataScaling reverted(NormalizerStrategy<?> strategy, NormalizerStats stats) {
        List<ScalingStep> steps = new ArrayList<>();
        if (strategy instanceof StandardizeStrategy standardize) {
            DistributionStats distribution = (DistributionStats) stats;
            steps.add(new ScalingStep("Mul", distribution.getStd()));
            steps.add(new ScalingStep("Add", distribution.getMean()));
            return new DataScaling(steps, array -> standardize.revert(array, null, distribution));
        }
        MinMaxStrategy scaler = (MinMaxStrategy) strategy;
        MinMaxStats bounds = (MinMaxStats) stats;
        steps.add(number("Sub", scaler.getMinRange()));
        steps.add(number("Div", scaler.getMaxRange() - scaler.getMinRange()));
        steps.add(new ScalingStep("Mul", bounds.getRange()));
        steps.add(new ScalingStep("Add", bounds.getLower()));
        return new DataScaling(steps, array -> scaler.revert(array, null, bounds));
    }

    /** Returns the scaling of pixels, from 0 to the given maximum, to a range. */
    static DataScaling pixels(ImagePreProcessingScaler scaler, double least, double greatest, double most) {
        List<ScalingStep> steps = new ArrayList<>(List.of(number("Div", most)));
        if (greatest - least != 1) {
            steps.add(number("Mul", greatest - least));
        }
        if (least != 0) {
            steps.add(number("Add", least));
        }
        return new DataScaling(steps, scaler::transform);
    }

    /** Returns the subtraction of ImageNet's mean colour from pixels. */
    static DataScaling meanColour(VGG16ImagePreProcessor scaler) {
        return new DataScaling(
                List.of(new ScalingStep("Sub", VGG16ImagePreProcessor.VGG_MEAN_OFFSET_BGR_FLOAT)), scaler::transform);
    }

    private static ScalingStep number(String operator, double value) {
        return new ScalingStep(operator, Nd4j.createFromArray(value));
    }

    public List<ScalingStep> steps() {
        return steps;
    }

    /** Returns a scaled copy. */
    INDArray scaled(INDArray array) {
        INDArray copy = array.dup();
        inFramework.accept(copy);
        return copy;
    }

    /** Scales in place: the caller passes a copy. */
    @Override
    public INDArray preProcess(INDArray input, int batch, LayerWorkspaceMgr memory) {
        inFramework.accept(input);
        return input;
    }

    @Override
    public INDArray backprop(INDArray output, int batch, LayerWorkspaceMgr memory) {
        throw new UnsupportedOperationException("The scaling of data cannot be trained.");
    }

    @Override
    public InputPreProcessor clone() {
        return this;
    }

    @Override
    public InputType getOutputType(InputType input) {
        return input;
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
        return new Pair<>(mask, state);
    }
}
