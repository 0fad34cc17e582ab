package dev.jzoo.export.djl.primitives;

import ai.djl.ndarray.types.Shape;
import dev.jzoo.onnx.GraphBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sizes that depend on the size of the input, as tensors of the graph. A size is identified by its values in the two
 * recordings. It is read from the shape of a tensor that has it, or computed from another size by a product or a sum.
 * The parity check runs the network at other sizes, so a coincidence does not pass.
 */
final class DynamicSizes {

    /** A size in both recordings. */
    record Size(long first, long second) {
        boolean isFixed() {
            return first == second;
        }
    }

    /** The place of a size in the graph. */
    private record AxisLocation(String tensor, int axis) {}

    private static final int LARGEST_FACTOR = 8;

    private final GraphBuilder graph;
    private final Map<Size, AxisLocation> axes = new LinkedHashMap<>();
    private final Map<Size, String> emitted = new LinkedHashMap<>();

    DynamicSizes(GraphBuilder graph) {
        this.graph = graph;
    }

    /**
     * Learns the sizes of a tensor's axes. The first tensor with a size is used for it, so the network's inputs come
     * first.
     */
    void know(String tensor, Shape ours, Shape theirs) {
        for (int axis = 0; axis < Math.min(ours.dimension(), theirs.dimension()); axis++) {
            Size size = new Size(ours.get(axis), theirs.get(axis));
            if (!size.isFixed()) {
                axes.putIfAbsent(size, new AxisLocation(tensor, axis));
            }
        }
    }

    /** Returns a list of sizes, as Reshape and Expand take it. */
    String list(long[] ours, long[] theirs) {
        if (ours.length != theirs.length) {
            throw new StepContext.UnsupportedStepException("the number of axes depends on the size of the input");
        }
        if (Arrays.equals(ours, theirs)) {
            return graph.constant(ours);
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < ours.length; i++) {
            parts.add(one(ours[i], theirs[i]));
        }
        return parts.size() == 1
                ? parts.get(0)
                : graph.op("Concat", parts).integer("axis", 0).emit();
    }

    /** Returns the sizes of axes that depend on the size of the input, in the order in which they were learned. */
    List<Size> known() {
        return List.copyOf(axes.keySet());
    }

    /** Returns a size as a list of one. */
    String one(long ours, long theirs) {
        Size size = new Size(ours, theirs);
        if (size.isFixed()) {
            return graph.constant(ours);
        } else if (ours < 0 && theirs < 0) {
            return graph.op("Neg", one(-ours, -theirs)).emit();
        }
        String known = emitted.get(size);
        if (known == null) {
            known = emit(size);
            emitted.put(size, known);
        }
        return known;
    }

    /** Returns a size as a number of shape []. */
    String number(long ours, long theirs) {
        return graph.op("Squeeze", one(ours, theirs), graph.constant(0L)).emit();
    }

    private String emit(Size size) {
        AxisLocation axis = axes.get(size);
        if (axis != null) {
            String shape = graph.op("Shape", axis.tensor()).emit();
            return graph.op("Gather", shape, graph.constant((long) axis.axis()))
                    .integer("axis", 0)
                    .emit();
        }
        for (SizeFormula rule : List.<SizeFormula>of(
                (wanted, one) -> sum(wanted, one, 1),
                this::multiple,
                this::quotient,
                this::product,
                (wanted, one) -> sum(wanted, one, LARGEST_FACTOR),
                this::rest)) {
            for (Size one : List.copyOf(axes.keySet())) {
                String found = rule.find(size, one);
                if (found != null) {
                    return found;
                }
            }
        }
        throw new StepContext.UnsupportedStepException(
                "a size that depends on the size of the input in an unknown way: it was " + size.first() + " and "
                        + size.second() + " in two recordings");
    }

    /** A formula for a size from another one: returns its name in the graph, or null. */
    private interface SizeFormula {
        String find(Size wanted, Size one);
    }

    /** Computes size = one * n / d: 2T, or T/2 if that is whole. */
    private String multiple(Size size, Size one) {
        if (size.first() * one.second() != size.second() * one.first()) {
            return null;
        }
        long divisor = gcd(size.first(), one.first());
        return scale(read(one), size.first() / divisor, one.first() / divisor);
    }

    /** Computes size = k * one + c: T - 2. */
    private String sum(Size size, Size one, long largest) {
        long step = one.first() - one.second();
        long factor = (size.first() - size.second()) / step;
        if (factor < 1 || factor > largest || factor * step != size.first() - size.second()) {
            return null;
        }
        String scaled = scale(read(one), factor, 1);
        return graph.op("Add", scaled, graph.constant(size.first() - factor * one.first()))
                .emit();
    }

    /** Computes size = c - one: 60 - T. */
    private String rest(Size size, Size one) {
        long whole = size.first() + one.first();
        return whole == size.second() + one.second()
                ? graph.op("Sub", graph.constant(whole), read(one)).emit()
                : null;
    }

    /** Computes size = (one + c) / d, rounded down: T/2. */
    private String quotient(Size size, Size one) {
        for (long divisor = 2; divisor <= LARGEST_FACTOR; divisor++) {
            for (long added = 0; added < divisor; added++) {
                if ((one.first() + added) / divisor == size.first()
                        && (one.second() + added) / divisor == size.second()) {
                    String moved = added == 0
                            ? read(one)
                            : graph.op("Add", read(one), graph.constant(added)).emit();
                    return scale(moved, 1, divisor);
                }
            }
        }
        return null;
    }

    /** Computes size = one * other * n / d: batch * T. */
    private String product(Size size, Size one) {
        for (Size other : List.copyOf(axes.keySet())) {
            long first = one.first() * other.first();
            if (size.first() * one.second() * other.second() == size.second() * first) {
                long divisor = gcd(size.first(), first);
                String product = graph.op("Mul", read(one), read(other)).emit();
                return scale(product, size.first() / divisor, first / divisor);
            }
        }
        return null;
    }

    private String read(Size size) {
        return one(size.first(), size.second());
    }

    private String scale(String value, long numerator, long denominator) {
        String scaled = numerator == 1
                ? value
                : graph.op("Mul", value, graph.constant(numerator)).emit();
        return denominator == 1
                ? scaled
                : graph.op("Div", scaled, graph.constant(denominator)).emit();
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
