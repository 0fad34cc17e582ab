package dev.jzoo.training.onnx.operators;

import dev.jzoo.onnx.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The table of ONNX operators: a factory by name. */
public final class Operators {

    private static final Map<String, Operator.OperatorFactory> TABLE = table();

    private static final Map<String, String> WITHOUT_GRADIENT = withoutGradientTable();

    private Operators() {}

    private static Map<String, String> withoutGradientTable() {
        Map<String, String> reasons = new HashMap<>();
        for (String opType : List.of(
                "And",
                "Equal",
                "Greater",
                "GreaterOrEqual",
                "IsInf",
                "IsNaN",
                "Less",
                "LessOrEqual",
                "Not",
                "Or",
                "Xor")) {
            reasons.put(opType, "returns truth values");
        }
        for (String opType : List.of("ArgMax", "ArgMin", "NonMaxSuppression", "NonZero", "Shape", "Size")) {
            reasons.put(opType, "returns indices or sizes");
        }
        for (String opType : List.of("Ceil", "Floor", "Hardmax", "Round", "Sign")) {
            reasons.put(opType, "is constant between its jumps");
        }
        for (String opType : List.of("ConstantOfShape", "EyeLike", "OneHot", "Range")) {
            reasons.put(opType, "reads sizes and indices, and returns constants");
        }
        for (String opType : List.of(
                "ConvInteger",
                "DynamicQuantizeLinear",
                "MatMulInteger",
                "QLinearConv",
                "QLinearMatMul",
                "QuantizeLinear",
                "com.microsoft.QuantizeLinear")) {
            reasons.put(opType, "returns integers");
        }
        return Map.copyOf(reasons);
    }

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
        table.put("Einsum", EinsumOperator::of);
        table.put("Attention", AttentionOperator::of);
        SamplingOperators.addTo(table);
        SelectionOperators.addTo(table);
        QuantizedOperators.addTo(table);
        ContributedOperators.addTo(table);
        return Map.copyOf(table);
    }

    public static Optional<Operator.OperatorFactory> find(Node node) {
        return Optional.ofNullable(TABLE.get(name(node)));
    }

    /** Returns the name of a node's operator in the table, with its domain unless it is the standard one. */
    public static String name(Node node) {
        return node.domain().isEmpty() ? node.opType() : node.domain() + "." + node.opType();
    }

    /** Returns whether an operator passes a gradient. */
    public static boolean hasGradient(Node node) {
        return !WITHOUT_GRADIENT.containsKey(name(node));
    }

    /** Returns the operators that do not pass a gradient, each with the reason. */
    static Map<String, String> withoutGradient() {
        return WITHOUT_GRADIENT;
    }

    /** Returns the names of all supported operators. */
    public static SortedSet<String> names() {
        return new TreeSet<>(TABLE.keySet());
    }
}
