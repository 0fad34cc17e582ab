package dev.jzoo.export.dl4j.keras.emission;

import dev.jzoo.export.dl4j.keras.emission.ModelEmission.KerasEmitter;
import dev.jzoo.export.dl4j.keras.model.KerasLayer;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The wrappers Bidirectional and TimeDistributed. */
final class KerasWrappers {

    /**
     * Layers that compute each step separately, whatever axes precede the last one, and neither read nor make masks.
     */
    private static final Set<String> STEPWISE =
            Set.of("Dense", "Activation", "LeakyReLU", "ELU", "ThresholdedReLU", "ReLU", "Dropout", "GaussianNoise");

    private KerasWrappers() {}

    static void addTo(Map<String, KerasEmitter> emitters) {
        emitters.put("Bidirectional", KerasWrappers::bidirectional);
        emitters.put("TimeDistributed", KerasWrappers::timeDistributed);
    }

    private static EmittedValue bidirectional(EmittedLayer layer) {
        layer.requireRank(3, 3);
        String mode = layer.settings().text("merge_mode", "concat");
        EmittedValue forward = direction(layer, 0);
        EmittedValue back = direction(layer, 1);
        if (back.rank() != forward.rank()
                || !mode.equals("concat") && !back.last().equals(forward.last())) {
            throw layer.unsupported("its two directions have different shapes");
        }
        layer.graph().scope(layer.layer().path());
        // The backward direction returns the last step first.
        String other = back.rank() == 3 ? KerasRecurrence.reversed(layer, back.tensor()) : back.tensor();
        long units = forward.last().fixedSize().orElseThrow();
        String y =
                switch (mode) {
                    case "sum" -> layer.op("Add", forward.tensor(), other).emit();
                    case "mul" -> layer.op("Mul", forward.tensor(), other).emit();
                    case "ave" ->
                        layer.op(
                                        "Div",
                                        layer.op("Add", forward.tensor(), other).emit(),
                                        layer.graph().constant(2f))
                                .emit();
                    default ->
                        layer.op("Concat", forward.tensor(), other)
                                .integer("axis", -1)
                                .emit();
                };
        long width = mode.equals("concat") ? units + back.last().fixedSize().orElseThrow() : units;
        return new EmittedValue(y, forward.shapeWith(forward.rank() - 1, width), forward.mask());
    }

    private static EmittedValue direction(EmittedLayer layer, int which) {
        KerasLayer inner = layer.layer().wrapped().get(which);
        layer.graph().scope(inner.path());
        EmittedLayer emitted = new EmittedLayer(layer.emission(), inner, layer.inputs());
        EmittedValue result = KerasRecurrence.emit(emitted, true);
        ModelEmission.requireSettingsRead(emitted);
        return result;
    }

    private static EmittedValue timeDistributed(EmittedLayer layer) {
        layer.requireRank(3, 8);
        EmittedValue x = layer.input();
        KerasLayer inner = layer.layer().wrapped().get(0);
        if (STEPWISE.contains(inner.className())) {
            return layer.emission().layer(inner, layer.inputs());
        } else if (x.isMasked()) {
            throw layer.unsupported(
                    "it wraps a " + inner.className() + " and reads a masked sequence; supported for masked sequences: "
                            + STEPWISE.stream().sorted().toList());
        }
        String shape = layer.op("Shape", x.tensor()).emit();
        String rest = part(layer, shape, 2, Long.MAX_VALUE);
        String steps = reshaped(layer, x.tensor(), layer.integers(-1), rest);
        List<Dimension> each = new ArrayList<>(x.shape().subList(1, x.rank()));
        each.set(0, new Dimension.UnknownDimension());
        EmittedValue result = layer.emission().layer(inner, List.of(new EmittedValue(steps, each, "")));
        layer.graph().scope(layer.layer().path());
        String results = layer.op("Shape", result.tensor()).emit();
        String y = reshaped(layer, result.tensor(), part(layer, shape, 0, 2), part(layer, results, 1, Long.MAX_VALUE));
        List<Dimension> all = new ArrayList<>(x.shape().subList(0, 2));
        all.addAll(result.shape().subList(1, result.rank()));
        return layer.unmasked(y, all);
    }

    private static String part(EmittedLayer layer, String shape, long from, long to) {
        return layer.op("Slice", shape, layer.integers(from), layer.integers(to), layer.integers(0))
                .emit();
    }

    private static String reshaped(EmittedLayer layer, String tensor, String first, String rest) {
        String shape = layer.op("Concat", first, rest).integer("axis", 0).emit();
        return layer.op("Reshape", tensor, shape).emit();
    }
}
