package dev.jzoo.export.dl4j.keras.emission;

import dev.jzoo.export.dl4j.keras.emission.ModelEmission.KerasEmitter;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Dense, Embedding, Masking, normalisation, and layers that act in training only. */
final class KerasCore {

    private KerasCore() {}

    static void addTo(Map<String, KerasEmitter> emitters) {
        emitters.put("Dense", KerasCore::dense);
        emitters.put("Embedding", KerasCore::embedding);
        emitters.put("Masking", KerasCore::masking);
        emitters.put("BatchNormalization", KerasCore::batchNormalization);
        emitters.put("LayerNormalization", KerasCore::layerNormalization);
        for (String identity : List.of(
                "Dropout",
                "SpatialDropout1D",
                "SpatialDropout2D",
                "SpatialDropout3D",
                "GaussianNoise",
                "GaussianDropout",
                "AlphaDropout",
                "ActivityRegularization")) {
            emitters.put(identity, EmittedLayer::input);
        }
    }

    private static EmittedValue dense(EmittedLayer layer) {
        layer.requireRank(2, 8);
        EmittedValue x = layer.input();
        int units = layer.settings().integer("units", 0);
        String kernel = layer.weight("kernel", layer.fixed(x.rank() - 1), units);
        String bias = layer.settings().flag("use_bias", true) ? layer.weight("bias", units) : "";
        String y;
        if (x.rank() == 2) {
            y = layer.op("Gemm", x.tensor(), kernel, bias).emit();
        } else {
            y = layer.op("MatMul", x.tensor(), kernel).emit();
            y = bias.isEmpty() ? y : layer.op("Add", y, bias).emit();
        }
        return new EmittedValue(
                KerasActivations.emit(layer, "activation", y), x.shapeWith(x.rank() - 1, units), x.mask());
    }

    private static EmittedValue embedding(EmittedLayer layer) {
        EmittedValue x = layer.input();
        int words = layer.settings().integer("input_dim", 0);
        int size = layer.settings().integer("output_dim", 0);
        String ids = layer.cast(x.tensor(), DataType.INT64);
        String table = layer.weight("embeddings", words, size);
        String y = layer.op("Gather", table, ids).integer("axis", 0).emit();
        String mask = "";
        if (layer.settings().flag("mask_zero", false)) {
            layer.requireRank(2, 2);
            mask = layer.op(
                            "Not",
                            layer.op("Equal", ids, layer.graph().constant(TensorData.scalar(0L)))
                                    .emit())
                    .emit();
        }
        List<Dimension> shape = new ArrayList<>(x.shape());
        shape.add(Dimension.of(size));
        return new EmittedValue(y, shape, mask);
    }

    /** Emits a mask: a step is masked if all its features have the value, and becomes 0. */
    private static EmittedValue masking(EmittedLayer layer) {
        layer.requireRank(3, 3);
        String x = layer.input().tensor();
        float value = (float) layer.settings().real("mask_value", 0);
        String differs = layer.op(
                        "Not",
                        layer.op("Equal", x, layer.graph().constant(value)).emit())
                .emit();
        String any = layer.op("ReduceMax", layer.cast(differs, DataType.FLOAT))
                .ints("axes", 2)
                .integer("keepdims", 1)
                .emit();
        String flags = layer.op("Squeeze", layer.cast(any, DataType.BOOL), layer.integers(2))
                .emit();
        return new EmittedValue(layer.op("Mul", x, any).emit(), layer.input().shape(), flags);
    }

    private static EmittedValue batchNormalization(EmittedLayer layer) {
        layer.requireRank(2, 8);
        EmittedValue x = layer.input();
        int[] axes = layer.settings().integers("axis", 1, -1);
        if (axes.length != 1) {
            throw layer.unsupported("setting axis: expected one axis, found " + Arrays.toString(axes));
        }
        int axis = layer.axis(axes[0]);
        int size = layer.fixed(axis);
        layer.settings().flag("center", true);
        layer.settings().flag("scale", true);
        // ONNX has the channels on axis 1, so this swaps it with the layer's axis of channels.
        long[] order = new long[x.rank()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i == 1 ? axis : i == axis ? 1 : i;
        }
        String first = axis == 1 ? x.tensor() : layer.transpose(x.tensor(), order);
        String y = layer.op(
                        "BatchNormalization",
                        first,
                        layer.weightOr(1, "gamma", size),
                        layer.weightOr(0, "beta", size),
                        layer.weight("moving_mean", size),
                        layer.weight("moving_variance", size))
                .real("epsilon", layer.settings().real("epsilon", 1e-3))
                .emit();
        return layer.same(axis == 1 ? y : layer.transpose(y, order));
    }

    private static EmittedValue layerNormalization(EmittedLayer layer) {
        EmittedValue x = layer.input();
        int[] axes = layer.settings().integers("axis", 1, -1);
        int[] dims = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            int axis = layer.axis(axes[i]);
            if (axis == 0 || axis != x.rank() - axes.length + i) {
                throw layer.unsupported("setting axis: expected the last axes, found " + Arrays.toString(axes));
            }
            dims[i] = layer.fixed(axis);
        }
        String scale = layer.settings().flag("scale", true) ? layer.weight("gamma", dims) : ones(layer, dims);
        String centre = layer.settings().flag("center", true) ? layer.weight("beta", dims) : "";
        return layer.same(layer.op("LayerNormalization", x.tensor(), scale, centre)
                .integer("axis", x.rank() - axes.length)
                .real("epsilon", layer.settings().real("epsilon", 1e-3))
                .emit());
    }

    private static String ones(EmittedLayer layer, int... dims) {
        float[] values = new float[Arrays.stream(dims).reduce(1, Math::multiplyExact)];
        Arrays.fill(values, 1);
        return layer.graph().constant(TensorData.of(values, EmittedLayer.longs(dims)));
    }
}
