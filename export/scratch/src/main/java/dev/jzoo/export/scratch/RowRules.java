package dev.jzoo.export.scratch;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.layers.BatchNorm;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.layers.SoftmaxLayer;
import dev.jzoo.zoo.card.Dimension;

/** The ONNX forms of dense layers and of layers for inputs of any shape. */
final class RowRules {

    private RowRules() {}

    /** Adds y = x W + b. */
    static GraphValue dense(LayerSite<DenseLayer> site) {
        Array weight = site.value("weight");
        site.requireAxes("[batch, inputs]");
        site.requireSize(1, "inputs", weight.size(0));
        String result = site.graph()
                .op("Gemm", site.input().tensor(), site.weight("weight"), site.weight("bias"))
                .emit();
        return site.input().as(result, 1, Dimension.of(weight.size(1)));
    }

    static GraphValue elementwise(LayerSite<Elementwise> site) {
        String x = site.input().tensor();
        return switch (site.layer().function()) {
            case RELU -> site.input().as(site.graph().op("Relu", x).emit());
            case SIGMOID -> site.input().as(site.graph().op("Sigmoid", x).emit());
            case TANH -> site.input().as(site.graph().op("Tanh", x).emit());
            case IDENTITY -> site.input();
            case LEAKY_RELU -> {
                site.requireFloats("LeakyRelu");
                double slope = site.layer().function().derivativeAt(-1);
                yield site.input()
                        .as(site.graph().op("LeakyRelu", x).real("alpha", slope).emit());
            }
        };
    }

    static GraphValue softmax(LayerSite<SoftmaxLayer> site) {
        return site.input()
                .as(site.graph()
                        .op("Softmax", site.input().tensor())
                        .integer("axis", -1)
                        .emit());
    }

    static GraphValue batchNorm(LayerSite<BatchNorm> site) {
        double[] mean = site.layer().runningMean();
        double[] variance = site.layer().runningVariance();
        site.requireSize(1, "channels", mean.length);
        return site.input()
                .as(site.graph()
                        .op(
                                "BatchNormalization",
                                site.input().tensor(),
                                site.weight("scale"),
                                site.weight("shift"),
                                site.weight("runningMean", Array.of(mean, mean.length)),
                                site.weight("runningVariance", Array.of(variance, variance.length)))
                        .real("epsilon", site.layer().epsilon())
                        .emit());
    }
}
