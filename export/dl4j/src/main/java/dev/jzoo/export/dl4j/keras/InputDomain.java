package dev.jzoo.export.dl4j.keras;

import dev.jzoo.export.InputValues;
import dev.jzoo.export.dl4j.keras.model.KerasLayer;
import dev.jzoo.export.dl4j.keras.model.KerasModel;
import dev.jzoo.export.dl4j.keras.model.LayerCall;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * The values that an input can have, from the layers that read it.
 *
 * @param ids number of words that an Embedding knows; empty if none reads the input
 * @param masked value that masks a step; empty if no Masking reads the input
 */
record InputDomain(OptionalInt ids, OptionalDouble masked) implements InputValues {

    /** Layers that pass on the values that they read. */
    private static final Set<String> MOVING = Set.of(
            "Reshape",
            "Flatten",
            "Permute",
            "RepeatVector",
            "Dropout",
            "SpatialDropout1D",
            "Concatenate",
            "InputLayer");

    private static final double MASKED_SHARE = 0.3;

    static InputDomain of(KerasModel model, int input) {
        return walk(model, input, new InputDomain(OptionalInt.empty(), OptionalDouble.empty()));
    }

    private static InputDomain walk(KerasModel model, int input, InputDomain before) {
        InputDomain domain = before;
        Set<Integer> same = new HashSet<>(Set.of(input));
        for (LayerCall call : model.calls()) {
            for (int i = 0; i < call.reads().size(); i++) {
                if (same.contains(call.reads().get(i))) {
                    KerasLayer layer = call.layer();
                    Optional<KerasModel> inner = layer.model();
                    domain = inner.isPresent() ? walk(inner.get(), i, domain) : domain.narrowed(layer);
                    if (MOVING.contains(layer.className())) {
                        same.addAll(call.writes());
                    }
                }
            }
        }
        return domain;
    }

    /** Returns whether the input takes any number. */
    boolean isOpen() {
        return ids.isEmpty() && masked.isEmpty();
    }

    private InputDomain narrowed(KerasLayer layer) {
        if (layer.className().equals("Embedding")) {
            int words = layer.settings().integer("input_dim", 1);
            return new InputDomain(OptionalInt.of(Math.min(words, ids.orElse(words))), masked);
        } else if (layer.className().equals("Masking")) {
            return new InputDomain(ids, OptionalDouble.of(layer.settings().real("mask_value", 0)));
        } else if (layer.className().equals("TimeDistributed")) {
            KerasLayer inner = layer.wrapped().get(0);
            return inner.model().map(model -> walk(model, 0, this)).orElseGet(() -> narrowed(inner));
        }
        return this;
    }

    /**
     * Draws random values: words, or normal deviates. Steps are masked at random, but never all steps of a sequence.
     */
    @Override
    public Tensor draw(ValueInfo input, ToLongFunction<Dimension> sizes, Random random) {
        long[] shape = input.shape().stream().mapToLong(sizes).toArray();
        int size = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        int sequence = shape.length == 0 ? 1 : size / Math.max(1, Math.toIntExact(shape[0]));
        int width = shape.length > 2 ? Math.toIntExact(shape[shape.length - 1]) : 1;
        float[] values = new float[size];
        boolean isMasked = false;
        for (int i = 0; i < size; i++) {
            if (i % width == 0) {
                isMasked = i % sequence != 0 && random.nextDouble() < MASKED_SHARE;
            }
            if (ids.isPresent()) {
                values[i] = isMasked || ids.getAsInt() == 1 ? 0 : 1 + random.nextInt(ids.getAsInt() - 1);
            } else {
                float deviate = (float) random.nextGaussian();
                // A single feature with the masking value masks nothing.
                boolean has = masked.isPresent() && (isMasked || width > 1 && i % width == 0 && random.nextBoolean());
                values[i] = has ? (float) masked.getAsDouble() : deviate;
            }
        }
        return of(values, input.type(), shape);
    }

    private static Tensor of(float[] values, DataType type, long[] shape) {
        if (type == DataType.FLOAT) {
            return Tensor.of(values, shape);
        }
        int[] integers = new int[values.length];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = Math.round(values[i]);
        }
        return type == DataType.INT32
                ? Tensor.ofInts(integers, shape)
                : Tensor.ofLongs(Arrays.stream(integers).asLongStream().toArray(), shape);
    }
}
