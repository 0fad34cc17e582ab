package dev.jzoo.export.djl;

import ai.djl.ndarray.types.Shape;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The two sizes that each symbolic axis has in the two recordings. No two axes share a size. */
final class AxisSizes {

    private record SizePair(long first, long second) {
        long of(int recording) {
            return recording == 0 ? first : second;
        }
    }

    private final Map<String, SizePair> bySymbol = new LinkedHashMap<>();

    AxisSizes(List<ValueInfo> inputs) {
        for (ValueInfo input : inputs) {
            for (Dimension dim : input.shape()) {
                if (dim instanceof Dimension.SymbolicDimension symbol) {
                    bySymbol.computeIfAbsent(symbol.name(), name -> pair(bySymbol.size()));
                } else if (dim instanceof Dimension.UnknownDimension) {
                    throw new IllegalArgumentException("Input '" + input.name() + "' " + Dimension.format(input.shape())
                            + " has an axis without a size. Declare it with a fixed size or a name.");
                }
            }
        }
    }

    /**
     * Returns one even and one odd size, so that halves rounded up and down differ. No two pairs have the same ratio or
     * difference.
     */
    private static SizePair pair(int position) {
        return position == 0 ? new SizePair(2, 3) : new SizePair(1 + 18L * position, 8 + 22L * position);
    }

    /** Returns a shape as it is in recording 0 or 1. */
    Shape shape(List<Dimension> dims, int recording) {
        return new Shape(dims.stream().mapToLong(dim -> size(dim, recording)).toArray());
    }

    /** Returns the size of an axis in recording 0 or 1. */
    long size(Dimension dim, int recording) {
        return dim instanceof Dimension.SymbolicDimension symbol
                ? bySymbol.get(symbol.name()).of(recording)
                : ((Dimension.FixedDimension) dim).size();
    }

    /**
     * Returns the shape that was recorded as these two: equal sizes are fixed, and the pair of a symbol becomes that
     * symbol.
     */
    List<Dimension> merge(Shape first, Shape second) {
        List<Dimension> dims = new ArrayList<>();
        for (int i = 0; i < first.dimension(); i++) {
            SizePair seen = new SizePair(first.get(i), second.get(i));
            if (seen.first() == seen.second()) {
                dims.add(Dimension.of(seen.first()));
            } else {
                dims.add(bySymbol.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(seen))
                        .findFirst()
                        .<Dimension>map(entry -> Dimension.of(entry.getKey()))
                        .orElseGet(Dimension.UnknownDimension::new));
            }
        }
        return dims;
    }
}
