package dev.jzoo.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.jzoo.inference.SessionSettings.Optimisation;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How far ONNX Runtime is from the framework that a network was trained in, on the same inputs.
 *
 * @param outcomes one for each output, batch size and level of ONNX Runtime's optimisations
 * @param firstDifference the first node of the graph that computes something else than the framework, with both values, in a
 *     sentence; empty where all agree
 */
@JsonPropertyOrder({"values", "batches", "maxAbsolute", "maxError", "disagreement", "firstDifference", "outcomes"})
public record Parity(List<OutputParity> outcomes, String firstDifference) {

    /** A difference that {@link Tolerance#strict()} always allows. */
    public static final double ABSOLUTE = 1e-5;

    /** A difference that {@link Tolerance#strict()} allows in relation to the framework's value. */
    public static final double RELATIVE = 1e-4;

    /**
     * One comparison.
     *
     * @param output name of the tensor
     * @param batch number of examples; axes with names of their own have another size at each
     * @param optimisation what ONNX Runtime did to the graph
     * @param values number of values that were compared
     * @param unusable number of values that are not finite on either side, so that they say nothing
     * @param maxAbsolute largest absolute difference; infinite where the shapes or a NaN differ
     * @param maxError largest difference, relative to the framework's value where that is above 1; infinite likewise
     * @param excess largest difference as a multiple of what the export's {@link Tolerance} allows there
     * @param worst the value outside the tolerance that differs most, the shapes, or what cannot be compared, in words; empty if
     *     every value agrees
     */
    public record OutputParity(
            String output,
            int batch,
            Optimisation optimisation,
            long values,
            long unusable,
            double maxAbsolute,
            double maxError,
            double excess,
            String worst) {

        /** Whether values were compared, and each is finite and differs by at most what the tolerance allows. */
        public boolean agrees() {
            return excess <= 1 && isComparable();
        }

        private boolean isComparable() {
            return excess > 1 || (values > 0 && unusable == 0);
        }

        /** "output at batch 3 with optimisations". */
        private String where() {
            return output + " at batch " + batch + (optimisation == Optimisation.NONE ? "" : " with optimisations");
        }

        /** A line for people. */
        @Override
        public String toString() {
            return agrees()
                    ? String.format(
                            Locale.ROOT, "%s: agrees, largest difference %s over %,d values", where(), maxError, values)
                    : where() + (isComparable() ? ": DIFFERS, " : ": NOT COMPARED, ") + worst;
        }
    }

    public Parity {
        outcomes = List.copyOf(outcomes);
    }

    /** The same outcomes with the node at which they leave the framework. */
    Parity withFirstDifference(String sentence) {
        return new Parity(outcomes, sentence);
    }

    /**
     * Whether outputs were compared, and each of their values is finite and differs by at most what the export's
     * {@link Tolerance} allows.
     */
    public boolean agrees() {
        return !outcomes.isEmpty() && outcomes.stream().allMatch(OutputParity::agrees);
    }

    /**
     * Whether each output was compared at finite values. If not, the network gives NaN or infinity, or nothing, at every input
     * that was tried: that both sides do so is no agreement.
     */
    boolean isComparable() {
        return !outcomes.isEmpty()
                && (outcomes.stream().anyMatch(outcome -> outcome.excess() > 1)
                        || outcomes.stream().allMatch(OutputParity::isComparable));
    }

    /** Number of output values that were compared. */
    @JsonProperty
    public long values() {
        return outcomes.stream().mapToLong(OutputParity::values).sum();
    }

    /** Batch sizes that were tried. */
    @JsonProperty
    public List<Integer> batches() {
        return outcomes.stream().map(OutputParity::batch).distinct().sorted().toList();
    }

    /** Largest absolute difference. */
    @JsonProperty
    public double maxAbsolute() {
        return max(OutputParity::maxAbsolute);
    }

    /** Largest difference, relative to the framework's value where that is above 1. */
    @JsonProperty
    public double maxError() {
        return max(OutputParity::maxError);
    }

    private double max(ToDoubleFunction<OutputParity> difference) {
        return outcomes.stream().mapToDouble(difference).max().orElse(0);
    }

    /** The worst value outside the tolerance, in words; empty if every value agrees. */
    @JsonProperty
    public String disagreement() {
        return outcomes.stream()
                .filter(outcome -> !outcome.agrees())
                .max(Comparator.comparingDouble(OutputParity::excess))
                .map(outcome -> outcome.where() + ", " + outcome.worst())
                .orElse(outcomes.isEmpty() ? "the network has no outputs" : "");
    }

    /** "1, 3 and 64". */
    private static String counted(List<Integer> numbers) {
        String all = numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
        int last = all.lastIndexOf(", ");
        return last < 0 ? all : all.substring(0, last) + " and" + all.substring(last + 1);
    }

    /** "0", "4.5e-08". */
    private static String digits(double difference) {
        return difference == 0 ? "0" : String.format(Locale.ROOT, "%.1e", difference);
    }

    /** A line where all agree; else a line for each outcome, and the first node that differs. */
    @Override
    public String toString() {
        if (agrees()) {
            return String.format(
                    Locale.ROOT,
                    "ONNX Runtime agrees: largest difference %s over %,d values, at batch %s, with optimisations and without",
                    digits(maxError()),
                    values(),
                    counted(batches()));
        }
        StringBuilder text = new StringBuilder("ONNX Runtime does not agree:");
        outcomes.forEach(outcome -> text.append("\n  ").append(outcome));
        return text + (firstDifference.isEmpty() ? "" : "\n" + firstDifference);
    }
}
