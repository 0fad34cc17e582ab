package dev.jzoo.training.onnx.operators;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is known of ONNX's operators: a factory by name. */
public final class Operators {

    private static final Map<String, Operator.OperatorFactory> TABLE = table();

    private Operators() {}

    private static Map<String, Operator.OperatorFactory> table() {
        Map<String, Operator.OperatorFactory> table = new HashMap<>();
        ArithmeticOperators.addTo(table);
        ActivationOperators.addTo(table);
        LayerOperators.addTo(table);
        PoolingOperators.addTo(table);
        NormalizationOperators.addTo(table);
        ReductionOperators.addTo(table);
        ShapeOperators.addTo(table);
        IndexingOperators.addTo(table);
        RecurrentOperators.addTo(table);
        table.put("Resize", Resizing::of);
        return Map.copyOf(table);
    }

    public static Optional<Operator.OperatorFactory> find(String opType) {
        return Optional.ofNullable(TABLE.get(opType));
    }

    /** Names of all that can be computed. */
    public static SortedSet<String> names() {
        return new TreeSet<>(TABLE.keySet());
    }
}
