package dev.jzoo.export.dl4j.keras.emission;

import dev.jzoo.export.dl4j.keras.emission.ModelEmission.KerasEmitter;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Layers that merge several values into one. */
final class KerasMerges {

    /** The layers that have several inputs. */
    static final Set<String> CLASSES =
            Set.of("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate");

    private KerasMerges() {}

    static void addTo(Map<String, KerasEmitter> emitters) {
        emitters.put("Add", layer -> elementwise(layer, chain(layer, "Add")));
        emitters.put("Multiply", layer -> elementwise(layer, chain(layer, "Mul")));
        emitters.put(
                "Average",
                layer -> elementwise(
                        layer,
                        layer.op("Div", chain(layer, "Add"), layer.graph().constant((float)
                                        layer.inputs().size()))
                                .emit()));
        emitters.put(
                "Maximum",
                layer -> elementwise(layer, layer.op("Max", tensors(layer)).emit()));
        emitters.put(
                "Minimum",
                layer -> elementwise(layer, layer.op("Min", tensors(layer)).emit()));
        emitters.put("Subtract", layer -> {
            if (layer.inputs().size() != 2) {
                throw layer.unsupported("it is called with " + layer.inputs().size() + " inputs, expected 2");
            }
            return elementwise(layer, chain(layer, "Sub"));
        });
        emitters.put("Concatenate", KerasMerges::concatenate);
    }

    private static String[] tensors(EmittedLayer layer) {
        return layer.inputs().stream().map(EmittedValue::tensor).toArray(String[]::new);
    }

    private static String chain(EmittedLayer layer, String operator) {
        String result = layer.input().tensor();
        for (EmittedValue next : layer.inputs().subList(1, layer.inputs().size())) {
            result = layer.op(operator, result, next.tensor()).emit();
        }
        return result;
    }

    /** Emits an elementwise operation; axes of size 1 are repeated. */
    private static EmittedValue elementwise(EmittedLayer layer, String result) {
        List<Dimension> shape = new ArrayList<>(layer.input().shape());
        for (EmittedValue other : layer.inputs()) {
            if (other.rank() != shape.size()) {
                throw layer.unsupported(
                        "its inputs have " + shape.size() + " and " + other.rank() + " axes, expected the same number");
            }
            requireSameMask(layer, other);
            for (int axis = 0; axis < shape.size(); axis++) {
                shape.set(axis, common(layer, shape.get(axis), other.shape().get(axis)));
            }
        }
        return new EmittedValue(result, shape, layer.input().mask());
    }

    private static void requireSameMask(EmittedLayer layer, EmittedValue other) {
        if (!other.mask().equals(layer.input().mask())) {
            throw layer.unsupported(
                    "inputs with different masks are not supported, because Keras's result depends on its"
                            + " version");
        }
    }

    private static Dimension common(EmittedLayer layer, Dimension a, Dimension b) {
        long first = a.fixedSize().orElse(-1);
        long second = b.fixedSize().orElse(-1);
        if (first > 1 && second > 1 && first != second) {
            throw layer.unsupported(
                    "its inputs have axes of " + first + " and " + second + " elements, expected equal sizes or 1");
        }
        return first == 1 ? b : second == 1 || second < 0 ? a : b;
    }

    private static EmittedValue concatenate(EmittedLayer layer) {
        int axis = layer.axis(layer.settings().integer("axis", -1));
        EmittedValue first = layer.input();
        long total = 0;
        for (EmittedValue other : layer.inputs()) {
            if (other.rank() != first.rank()) {
                throw layer.unsupported(
                        "its inputs have " + first.rank() + " and " + other.rank() + " axes, expected the same number");
            }
            requireSameMask(layer, other);
            total = total < 0 || other.size(axis) < 0 ? -1 : total + other.size(axis);
        }
        if (axis == 0) {
            throw layer.unsupported("setting axis: the batch cannot be concatenated");
        } else if (first.isMasked() && axis != first.rank() - 1) {
            throw layer.unsupported("it joins masked sequences along axis " + axis + ", expected the last axis");
        }
        String result = layer.op("Concat", tensors(layer)).integer("axis", axis).emit();
        return new EmittedValue(result, first.shapeWith(axis, total), first.mask());
    }
}
