package dev.jzoo.export.dl4j.keras.emission;

import dev.jzoo.export.dl4j.keras.emission.ModelEmission.KerasEmitter;
import dev.jzoo.export.dl4j.keras.model.LayerSettings;
import dev.jzoo.onnx.DataType;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Pooling over windows and over whole axes. */
final class KerasPooling {

    private KerasPooling() {}

    static void addTo(Map<String, KerasEmitter> emitters) {
        for (int axes = 1; axes <= 3; axes++) {
            int spatial = axes;
            emitters.put("MaxPooling" + axes + "D", layer -> windows(layer, spatial, "MaxPool"));
            emitters.put("AveragePooling" + axes + "D", layer -> windows(layer, spatial, "AveragePool"));
            emitters.put("GlobalMaxPooling" + axes + "D", layer -> global(layer, spatial, "ReduceMax"));
            emitters.put("GlobalAveragePooling" + axes + "D", layer -> global(layer, spatial, "ReduceMean"));
        }
    }

    private static EmittedValue windows(EmittedLayer layer, int spatial, String operator) {
        layer.requireRank(spatial + 2, spatial + 2);
        LayerSettings settings = layer.settings();
        int[] sizes = settings.integers("pool_size", spatial, 2);
        int[] strides = settings.has("strides") ? settings.integers("strides", spatial, 2) : sizes;
        int[] ones = new int[spatial];
        Arrays.fill(ones, 1);
        WindowAttributes window = new WindowAttributes(sizes, strides, ones, settings.text("padding", "valid"));
        window.check(layer, spatial);
        return layer.channelsFirst(x -> {
            List<Dimension> shape = new ArrayList<>(x.shape());
            for (int axis = 0; axis < spatial; axis++) {
                shape.set(axis + 2, EmittedValue.dimension(window.results(axis, x.size(axis + 2))));
            }
            return layer.unmasked(
                    window.set(layer, layer.op(operator, x.tensor()), x, false).emit(), shape);
        });
    }

    /** Emits pooling over all axes between batch and channels. A mask excludes steps from the average of a sequence. */
    private static EmittedValue global(EmittedLayer layer, int spatial, String operator) {
        layer.requireRank(spatial + 2, spatial + 2);
        EmittedValue x = layer.input();
        boolean first = layer.isChannelsFirst();
        boolean keeps = layer.settings().flag("keepdims", false);
        long[] axes = LongStream.range(first ? 2 : 1, spatial + (first ? 2 : 1)).toArray();
        String y;
        if (x.isMasked() && operator.equals("ReduceMean") && spatial == 1) {
            if (first) {
                throw layer.unsupported("a masked sequence with channels first is not supported");
            }
            y = maskedMean(layer, keeps);
        } else {
            y = layer.op(operator, x.tensor())
                    .ints("axes", axes)
                    .integer("keepdims", keeps ? 1 : 0)
                    .emit();
        }
        List<Dimension> shape = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            boolean pooled = axis >= axes[0] && axis <= axes[axes.length - 1];
            if (!pooled) {
                shape.add(x.shape().get(axis));
            } else if (keeps) {
                shape.add(Dimension.of(1));
            }
        }
        return layer.unmasked(y, shape);
    }

    private static String maskedMean(EmittedLayer layer, boolean keeps) {
        String flags = layer.op("Unsqueeze", layer.cast(layer.input().mask(), DataType.FLOAT), layer.integers(2))
                .emit();
        String sum = sum(layer, layer.op("Mul", layer.input().tensor(), flags).emit(), keeps);
        return layer.op("Div", sum, sum(layer, flags, keeps)).emit();
    }

    private static String sum(EmittedLayer layer, String tensor, boolean keeps) {
        return layer.op("ReduceSum", tensor, layer.integers(1))
                .integer("keepdims", keeps ? 1 : 0)
                .emit();
    }
}
