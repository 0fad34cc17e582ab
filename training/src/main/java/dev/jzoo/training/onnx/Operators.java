package dev.jzoo.training.onnx;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is known of ONNX's operators: a factory by name. */
final class Operators {

    private static final Map<String, Operator.Factory> TABLE = table();

    private Operators() {}

    private static Map<String, Operator.Factory> table() {
        Map<String, Operator.Factory> table = new HashMap<>();
        ArithmeticOperators.addTo(table);
        ActivationOperators.addTo(table);
        LayerOperators.addTo(table);
        PoolingOperators.addTo(table);
        NormalizationOperators.addTo(table);
        ReductionOperators.addTo(table);
        ShapeOperators.addTo(table);
        Picking.addTo(table);
        RecurrentOperators.addTo(table);
        table.put("Resize", Resizing::of);
        return Map.copyOf(table);
    }

    static Optional<Operator.Factory> find(String opType) {
        return Optional.ofNullable(TABLE.get(opType));
    }

    /** Names of all that can be computed. */
    static SortedSet<String> names() {
        return new TreeSet<>(TABLE.keySet());
    }
}
