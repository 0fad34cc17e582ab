package dev.jzoo.export;

import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A search for input values at which all outputs of a network are finite; a comparison at other values proves nothing.
 * Values that the user declares or the network knows are not changed.
 */
final class InputSearch {

    /**
     * Ranges that are tried for all inputs together, then for each input alone. They cover values at which logarithms,
     * roots, inverse functions and exponentials are finite.
     */
    private static final List<InputValues> RANGES = List.of(
            InputValues.unknown(),
            InputValues.between(0.1, 2),
            InputValues.between(0, 1),
            InputValues.between(-0.9, 0.9),
            InputValues.between(1.1, 3),
            InputValues.between(-1e-3, 1e-3),
            InputValues.between(-2, -0.1),
            InputValues.between(10, 1000),
            InputValues.between(0, 1e-3));

    /** The largest id that is tried in the search for the end of a table. */
    private static final long LARGEST_ID = 1 << 20;

    private final List<ValueInfo> inputs;
    private final int largestBatch;
    private final NetworkTrial trial;

    /** A computation of a network's outputs from its inputs by name. */
    @FunctionalInterface
    interface NetworkTrial {

        /** Runs the network. Fails with InputDeclarationException if the framework fails. */
        List<Tensor> run(Map<String, Tensor> given);

        /** Receives inputs that were tried but are not used in the comparison. */
        default void reject(Map<String, Tensor> given) {}
    }

    private enum TrialOutcome {
        FINITE,
        NOT_FINITE,
        FAILS
    }

    /**
     * @param inputs inputs whose values are searched for
     * @param largestBatch the largest batch that the network takes
     */
    InputSearch(List<ValueInfo> inputs, int largestBatch, NetworkTrial trial) {
        this.inputs = List.copyOf(inputs);
        this.largestBatch = largestBatch;
        this.trial = trial;
    }

    /**
     * Returns the inputs for the comparison. If no range makes all outputs finite, or the network fails in every range,
     * it returns inputs from the first range, and the comparison reports the failure.
     *
     * @param known values of inputs by name
     */
    ParityInputs find(Map<String, InputValues> known) {
        List<String> free = inputs.stream()
                .map(ValueInfo::name)
                .filter(name -> !known.containsKey(name))
                .toList();
        boolean failed = false;
        for (Map<String, InputValues> candidate : candidates(free)) {
            candidate.putAll(known);
            ParityInputs examples = new ParityInputs(inputs, candidate);
            TrialOutcome outcome = outcome(examples.of(ParityInputs.BATCHES.get(1)));
            if (outcome == TrialOutcome.FINITE) {
                return failed ? withIds(free, candidate) : examples;
            }
            failed |= outcome == TrialOutcome.FAILS;
        }
        return new ParityInputs(inputs, known);
    }

    /**
     * Completes the inputs once the graph exists: with all values known by then, whole numbers up to the last that the
     * network takes, and a large batch.
     *
     * @param found the result of {@link #find}
     * @param known values of inputs by name
     * @param parameters number of the network's parameters
     */
    ParityInputs complete(ParityInputs found, Map<String, InputValues> known, long parameters) {
        List<String> whole = inputs.stream()
                .filter(input -> input.type() == DataType.INT64 || input.type() == DataType.INT32)
                .map(ValueInfo::name)
                .filter(name -> !known.containsKey(name))
                .filter(name ->
                        found.values().getOrDefault(name, InputValues.unknown()).equals(InputValues.unknown()))
                .toList();
        Map<String, InputValues> values = new HashMap<>(found.values());
        values.putAll(known);
        return sized(withIds(whole, values), parameters);
    }

    private static List<Map<String, InputValues>> candidates(List<String> free) {
        List<Map<String, InputValues>> candidates = new ArrayList<>();
        for (InputValues range : free.isEmpty() ? RANGES.subList(0, 1) : RANGES) {
            Map<String, InputValues> all = new HashMap<>();
            free.forEach(name -> all.put(name, range));
            candidates.add(all);
        }
        for (String one : free.size() > 1 ? free : List.<String>of()) {
            for (InputValues range : RANGES.subList(1, RANGES.size())) {
                candidates.add(new HashMap<>(Map.of(one, range)));
            }
        }
        return candidates;
    }

    private TrialOutcome outcome(Map<String, Tensor> given) {
        try {
            if (isFinite(trial.run(given))) {
                return TrialOutcome.FINITE;
            }
            trial.reject(given);
            return TrialOutcome.NOT_FINITE;
        } catch (InputDeclarationException | UnsupportedNetworkException e) {
            return TrialOutcome.FAILS;
        }
    }

    private static boolean isFinite(List<Tensor> outputs) {
        return outputs.stream()
                .allMatch(output -> output.type() != ElementType.STRING
                        && Arrays.stream(output.numbers()).allMatch(Double::isFinite));
    }

    /**
     * Limits inputs of whole numbers to the numbers that the network takes, such as the rows of a table. Each input is
     * filled with one number at a time, to find the table that ends first.
     */
    private ParityInputs withIds(List<String> free, Map<String, InputValues> values) {
        if (free.isEmpty()) {
            return new ParityInputs(inputs, values);
        }
        Map<String, InputValues> bounded = new HashMap<>(values);
        // Uses the smallest sizes of the axes, because an id may point into an axis.
        Map<String, Tensor> base = new ParityInputs(inputs, values).of(ParityInputs.BATCHES.get(0));
        if (outcome(base) == TrialOutcome.FAILS) {
            base = new ParityInputs(inputs, values).of(ParityInputs.BATCHES.get(1));
        }
        for (ValueInfo input : inputs) {
            if (free.contains(input.name())) {
                long last = last(input, base);
                if (last < LARGEST_ID) {
                    bounded.put(input.name(), InputValues.wholeBetween(0, last));
                }
            }
        }
        ParityInputs examples = new ParityInputs(inputs, bounded);
        boolean isFinite = outcome(examples.of(ParityInputs.BATCHES.get(1))) == TrialOutcome.FINITE;
        return isFinite ? examples : new ParityInputs(inputs, values);
    }

    private boolean isTaken(long id, ValueInfo input, Map<String, Tensor> base) {
        Map<String, Tensor> given = new LinkedHashMap<>(base);
        given.put(input.name(), DrawnValues.filled(input, base.get(input.name()).shape(), i -> id));
        boolean runs = outcome(given) != TrialOutcome.FAILS;
        trial.reject(given);
        return runs;
    }

    /**
     * Returns the largest number that an input takes, given that it takes 0; {@link #LARGEST_ID} if none is rejected.
     */
    private long last(ValueInfo input, Map<String, Tensor> base) {
        long taken = 0;
        long refused = 1;
        while (refused < LARGEST_ID && isTaken(refused, input, base)) {
            taken = refused;
            refused *= 2;
        }
        if (refused >= LARGEST_ID) {
            return LARGEST_ID;
        }
        while (refused - taken > 1) {
            long middle = (taken + refused) / 2;
            if (isTaken(middle, input, base)) {
                taken = middle;
            } else {
                refused = middle;
            }
        }
        return taken;
    }

    /** Returns the inputs with batch sizes that the network takes: some networks fail on a single example. */
    private ParityInputs sized(ParityInputs found, long parameters) {
        List<Integer> batches = new ArrayList<>(ParityInputs.BATCHES);
        if (outcome(found.of(batches.get(0))) == TrialOutcome.FAILS) {
            batches.set(0, ParityInputs.SMALLEST_OF_MANY);
        }
        ParityInputs few = found.with(batches, false);
        int large = Math.min(largestBatch, found.largeBatch(parameters));
        if (large > 2 * ParityInputs.BATCHES.get(1)) {
            batches.add(large);
            ParityInputs spread = found.with(batches, true);
            if (outcome(spread.of(large)) == TrialOutcome.FINITE) {
                return spread;
            }
            ParityInputs wide = found.with(batches, false);
            TrialOutcome outcome = outcome(wide.of(large));
            // If the network rejects values that were declared or known, the comparison must report it.
            if (outcome == TrialOutcome.FINITE
                    || (outcome == TrialOutcome.FAILS && !found.values().isEmpty())) {
                return wide;
            }
        }
        return few;
    }
}
