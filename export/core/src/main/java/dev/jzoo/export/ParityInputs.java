package dev.jzoo.export;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;

/**
 * Random inputs for a network. Every symbolic axis except the batch has its own size (21, 39, ... at the first batch
 * size, 34, 56, ... at the second). This finds swapped heights and widths, and sizes that became constants. No front
 * end records a network at these sizes, so conclusions from two recordings must hold at others.
 *
 * <p>Small inputs are also compared in a third, large batch whose examples differ in magnitude. A unit that is dead, or
 * a limit that is not reached, at a few examples is excited by one of many.
 */
public final class ParityInputs {

    /** Batch sizes that are tried for every network. */
    public static final List<Integer> BATCHES = List.of(1, 3);

    /** Smallest batch size for a network that does not take a single example. */
    static final int SMALLEST_OF_MANY = 2;

    /** Size of the large batch, if its inputs have at most {@link #MOST_VALUES} values. */
    private static final int LARGEST = 64;

    private static final long MOST_VALUES = 1 << 16;

    /** The largest number of multiplications for a large batch, estimated as examples times parameters. */
    private static final long MOST_WORK = 200_000_000;

    /**
     * Magnitudes of the examples of the large batch, in turn: tiny ones reveal added constants, large ones reveal
     * limits.
     */
    private static final double[] MAGNITUDES = {1, 3, 0.02, 1, 10, 0.3};

    private static final int SEED = 20260701;

    private final List<ValueInfo> inputs;
    private final Map<String, InputValues> values;
    private final List<Integer> batches;
    private final boolean spread;
    private final List<String> symbols = new ArrayList<>();

    /**
     * @param inputs inputs of the file or the network
     * @param values values of each input, by name; unknown if missing
     */
    public ParityInputs(List<ValueInfo> inputs, Map<String, InputValues> values) {
        this(inputs, values, BATCHES, false);
    }

    private ParityInputs(
            List<ValueInfo> inputs, Map<String, InputValues> values, List<Integer> batches, boolean spread) {
        this.inputs = List.copyOf(inputs);
        this.values = Map.copyOf(values);
        this.batches = List.copyOf(batches);
        this.spread = spread;
        for (ValueInfo input : inputs) {
            for (Dimension dim : input.shape()) {
                if (dim instanceof Dimension.SymbolicDimension symbol
                        && !dim.equals(Dimension.BATCH)
                        && !symbols.contains(symbol.name())) {
                    symbols.add(symbol.name());
                }
            }
        }
    }

    /**
     * Returns the same values with other batch sizes. If they are spread, the examples of the third batch have
     * different magnitudes.
     */
    ParityInputs with(List<Integer> sizes, boolean spreads) {
        return new ParityInputs(inputs, values, sizes, spreads);
    }

    /** Returns the values of each input, by name. */
    Map<String, InputValues> values() {
        return values;
    }

    /** Returns the batch sizes to compare at. */
    public List<Integer> batches() {
        return batches;
    }

    /** Returns the gaps of the comparison, one sentence each. */
    List<String> warnings() {
        return batches.contains(BATCHES.get(0))
                ? List.of()
                : List.of("The framework itself fails at batch " + BATCHES.get(0)
                        + ", so the export was not compared at that size.");
    }

    /** Returns whether the examples of a batch have different magnitudes. */
    boolean isSpread(int batch) {
        return spread && batch > BATCHES.get(1);
    }

    /** Returns the size of a large batch: as many examples as a network of this size computes quickly. */
    int largeBatch(long parameters) {
        long each = inputs.stream()
                .mapToLong(input ->
                        input.shape().stream().mapToLong(dim -> size(dim, 1)).reduce(1, (a, b) -> a * b))
                .sum();
        return (int) Math.min(LARGEST, Math.min(MOST_VALUES / Math.max(1, each), MOST_WORK / Math.max(1, parameters)));
    }

    /** Returns an example of each input, by name; the same at each call. */
    public Map<String, Tensor> of(int batch) {
        Map<String, Tensor> examples = of(dim -> size(dim, batch), SEED + batch);
        if (isSpread(batch)) {
            inputs.stream()
                    .filter(input -> input.type().isFloating()
                            && values.getOrDefault(input.name(), InputValues.unknown())
                                    .equals(InputValues.unknown()))
                    .forEach(input -> examples.computeIfPresent(input.name(), (name, drawn) -> spread(input, drawn)));
        }
        return examples;
    }

    private static Tensor spread(ValueInfo input, Tensor drawn) {
        int axis = input.shape().indexOf(Dimension.BATCH);
        if (axis < 0) {
            return drawn;
        }
        long[] shape = drawn.shape();
        long inner = Arrays.stream(shape).skip(axis + 1L).reduce(1, (a, b) -> a * b);
        double[] numbers = drawn.numbers();
        return DrawnValues.filled(
                input, shape, i -> numbers[i] * MAGNITUDES[(int) (i / inner % shape[axis] % MAGNITUDES.length)]);
    }

    /** Returns an example of each input, by name, with the given sizes of axes; the same at each call. */
    Map<String, Tensor> of(ToLongFunction<Dimension> sizes, long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> examples = new LinkedHashMap<>();
        for (ValueInfo input : inputs) {
            InputValues drawn = values.getOrDefault(input.name(), InputValues.unknown());
            examples.put(input.name(), drawn.draw(input, sizes, random));
        }
        return examples;
    }

    private long size(Dimension dim, int batch) {
        if (dim instanceof Dimension.FixedDimension fixed) {
            return fixed.size();
        } else if (dim.equals(Dimension.BATCH)) {
            return batch;
        }
        // An axis without a name shares the first size, because it may equal any other axis.
        int position = dim instanceof Dimension.SymbolicDimension symbol ? symbols.indexOf(symbol.name()) : 0;
        return batch == BATCHES.get(1) ? 34 + 22L * position : 21 + 18L * position;
    }
}
