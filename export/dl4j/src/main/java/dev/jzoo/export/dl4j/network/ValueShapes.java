package dev.jzoo.export.dl4j.network;

import dev.jzoo.export.InputDeclarationException;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The shape of every value of a network, from two runs in which each symbolic axis has another size. An axis of equal
 * size in both runs is fixed. An axis that has the sizes of a symbol is that symbol.
 */
public final class ValueShapes {

    private record TwoRunSizes(long first, long second) {}

    /** A value that is an id in any vocabulary, because ids are rounded down, and that masking never uses. */
    private static final double PROBE = 0.5;

    private final Map<String, TwoRunSizes> symbols = new LinkedHashMap<>();
    private final Map<String, long[]> first;
    private final Map<String, long[]> second;

    private ValueShapes(Dl4jSource source, List<ValueInfo> inputs) {
        for (ValueInfo input : inputs) {
            for (Dimension dim : input.shape()) {
                symbols.computeIfAbsent(
                        dim.toString(), name -> sizes(dim, input.shape().size(), symbols.size()));
            }
        }
        first = run(source, inputs, true);
        second = run(source, inputs, false);
    }

    public static ValueShapes of(Dl4jSource source, List<ValueInfo> inputs) {
        return new ValueShapes(source, inputs);
    }

    /**
     * Returns sizes that no common stride or kernel makes equal, and from which images can shrink without vanishing.
     */
    private static TwoRunSizes sizes(Dimension dim, int rank, int taken) {
        if (dim instanceof Dimension.FixedDimension fixed) {
            return new TwoRunSizes(fixed.size(), fixed.size());
        } else if (dim.equals(Dimension.BATCH)) {
            return new TwoRunSizes(2, 3);
        }
        return rank > 3
                ? new TwoRunSizes(96 + 16L * taken, 131 + 26L * taken)
                : new TwoRunSizes(16 + 8L * taken, 27 + 12L * taken);
    }

    private Map<String, long[]> run(Dl4jSource source, List<ValueInfo> inputs, boolean isFirst) {
        List<INDArray> arrays = new ArrayList<>();
        for (ValueInfo input : inputs) {
            long[] shape = input.shape().stream()
                    .map(dim -> symbols.get(dim.toString()))
                    .mapToLong(sizes -> isFirst ? sizes.first() : sizes.second())
                    .toArray();
            arrays.add(Nd4j.valueArrayOf(shape, PROBE, source.type()));
        }
        try {
            Map<String, long[]> shapes = new HashMap<>();
            for (int i = 0; i < arrays.size(); i++) {
                shapes.put(source.inputs().get(i), arrays.get(i).shape());
            }
            PartwiseForwardPass.run(source, arrays, Map.of(), (value, result) -> shapes.put(value, result.shape()));
            return shapes;
        } catch (RuntimeException e) {
            throw new InputDeclarationException(
                    "Cannot export the network, because DL4J itself fails on inputs of the shapes " + inputs + ": "
                            + String.valueOf(e.getMessage()).strip(),
                    InputDeclarationException.Lack.SHAPE,
                    inputs,
                    e);
        }
    }

    /** Returns the shape of a value. */
    public List<Dimension> of(String value) {
        long[] ours = first.get(value);
        long[] theirs = second.get(value);
        List<Dimension> shape = new ArrayList<>();
        for (int i = 0; i < ours.length; i++) {
            shape.add(dim(new TwoRunSizes(ours[i], theirs[i])));
        }
        return shape;
    }

    private Dimension dim(TwoRunSizes sizes) {
        if (sizes.first() == sizes.second()) {
            return Dimension.of(sizes.first());
        }
        return symbols.entrySet().stream()
                .filter(symbol -> symbol.getValue().equals(sizes))
                .map(symbol -> Dimension.of(symbol.getKey()))
                .findFirst()
                .orElseGet(Dimension.UnknownDimension::new);
    }
}
