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
 * What a normalizer of DL4J does to one input, or undoes at one output: arithmetic with one number for each feature, on axis 1, or with one
 * for all. In the framework DL4J's own code computes it.
 */
public final class DataScaling implements InputPreProcessor {

    private static final long serialVersionUID = 1;

    /**
     * One operation.
     *
     * @param operator of ONNX: Sub, Div, Mul, Add
     * @param values one, or one for each feature
     */
    public record ScalingStep(String operator, INDArray values) {}

    private final transient List<ScalingStep> steps;
    private final transient Consumer<INDArray> inFramework;

    private DataScaling(List<ScalingStep> steps, Consumer<INDArray> inFramework) {
        this.steps = List.copyOf(steps);
        this.inFramework = inFramework;
    }

    /** Of a strategy with its statistics, applied to an input. */
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

    /** Of a strategy with its statistics, undone at an output. */
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

    /** Pixels from 0 to most, to a range. */
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

    /** Pixels less the mean colour of ImageNet. */
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

    /** A scaled copy. */
    INDArray scaled(INDArray array) {
        INDArray copy = array.dup();
        inFramework.accept(copy);
        return copy;
    }

    /** In place: the caller gives a copy. */
    @Override
    public INDArray preProcess(INDArray input, int batch, LayerWorkspaceMgr memory) {
        inFramework.accept(input);
        return input;
    }

    @Override
    public INDArray backprop(INDArray output, int batch, LayerWorkspaceMgr memory) {
        throw new UnsupportedOperationException("Data are scaled, not learnt.");
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
