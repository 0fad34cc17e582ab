package dev.jzoo.export.scratch;

import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.layers.AveragePool2d;
import dev.jzoo.scratch.layers.BatchNorm;
import dev.jzoo.scratch.layers.Conv2d;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.DropoutLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.layers.EmbeddingLayer;
import dev.jzoo.scratch.layers.FlattenLayer;
import dev.jzoo.scratch.layers.Gru;
import dev.jzoo.scratch.layers.LastStepLayer;
import dev.jzoo.scratch.layers.Lstm;
import dev.jzoo.scratch.layers.MaxPool2d;
import dev.jzoo.scratch.layers.SelfAttention;
import dev.jzoo.scratch.layers.SimpleRnn;
import dev.jzoo.scratch.layers.SoftmaxLayer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The ONNX form of each class of layers. Chains and residual layers are not here: {@link NetworkEmission} follows them. */
final class LayerForms {

    private static final Map<Class<?>, Function<LayerSite<?>, GraphValue>> RULES = new HashMap<>();

    static {
        put(DenseLayer.class, RowRules::dense);
        put(Elementwise.class, RowRules::elementwise);
        put(SoftmaxLayer.class, RowRules::softmax);
        put(BatchNorm.class, RowRules::batchNorm);
        put(DropoutLayer.class, LayerSite::input);
        put(Conv2d.class, PictureRules::convolution);
        put(MaxPool2d.class, PictureRules::maxPool);
        put(AveragePool2d.class, PictureRules::averagePool);
        put(FlattenLayer.class, PictureRules::flatten);
        put(EmbeddingLayer.class, SequenceRules::embedding);
        put(LastStepLayer.class, SequenceRules::lastStep);
        put(SelfAttention.class, SequenceRules::attention);
        put(SimpleRnn.class, RecurrentRules::simple);
        put(Lstm.class, RecurrentRules::lstm);
        put(Gru.class, RecurrentRules::gru);
    }

    private LayerForms() {}

    private static <L extends NeuralLayer> void put(Class<L> layers, Function<LayerSite<L>, GraphValue> rule) {
        RULES.put(
                layers,
                site -> rule.apply(new LayerSite<>(
                        layers.cast(site.layer()), site.path(), site.graph(), site.type(), site.input())));
    }

    /** Returns the rule for a layer. A subclass is another layer: it may compute something else. */
    static Optional<Function<LayerSite<?>, GraphValue>> of(NeuralLayer layer) {
        return Optional.ofNullable(RULES.get(layer.getClass()));
    }
}
