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
 * A comparison of ONNX Runtime with the framework of a network, on the same inputs.
 *
 * @param outcomes one for each output, batch size and level of ONNX Runtime's optimisations
 * @param firstDifference a sentence that names the first node of the graph whose values differ from the framework's,
 * with both values; empty if all agree
 */
@JsonPropertyOrder({"values", "batches", "maxAbsolute", "maxError", "disagreement", "firstDifference", "outcomes"})
public record Parity(List<OutputParity> outcomes, String firstDifference) {

    /** The absolute difference that {@link Tolerance#strict()} always allows. */
    public static final double ABSOLUTE = 1e-5;

    /** The difference, relative to the framework's value, that {@link Tolerance#strict()} allows. */
    public static final double RELATIVE = 1e-4;

    /**
     * The comparison of one output.
     *
     * @param output name of the tensor
     * @param batch number of examples; each batch size has its own sizes of the other symbolic axes
     * @param optimisation level of ONNX Runtime's optimisations
     * @param values number of values that were compared
     * @param unusable number of values that are not finite on either side, so they prove nothing
     * @param maxAbsolute largest absolute difference; infinite if the shapes or a NaN differ
     * @param maxError largest difference, relative to the framework's value if that is above 1; infinite if the shapes
     * or a NaN differ
     * @param excess largest difference as a multiple of the difference that the export's {@link Tolerance} allows
     * @param worst a description of the worst value outside the tolerance, of different shapes, or of a value that
     * cannot be compared; empty if every value agrees
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

        /** Returns whether values were compared, all are finite, and all are within the tolerance. */
        public boolean agrees() {
            return excess <= 1 && isComparable();
        }

        private boolean isComparable() {
            return excess > 1 || (values > 0 && unusable == 0);
        }

        /** Returns the place of the comparison, as in "output at batch 3 with optimisations". */
        private String where() {
            return output + " at batch " + batch + (optimisation == Optimisation.NONE ? "" : " with optimisations");
        }

        /** Returns one line for people. */
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

    /** Returns the same outcomes with the node at which they begin to differ from the framework. */
    Parity withFirstDifference(String sentence) {
        return new Parity(outcomes, sentence);
    }

    /**
     * Returns whether outputs were compared, and all of their values are finite and within the export's {@link
     * Tolerance}.
     */
    public boolean agrees() {
        return !outcomes.isEmpty() && outcomes.stream().allMatch(OutputParity::agrees);
    }

    /**
     * Returns whether each output was compared at finite values. If not, the network returns NaN, infinity or nothing
     * for every input that was tried. If both sides do so, that does not count as agreement.
     */
    boolean isComparable() {
        return !outcomes.isEmpty()
                && (outcomes.stream().anyMatch(outcome -> outcome.excess() > 1)
                        || outcomes.stream().allMatch(OutputParity::isComparable));
    }

    /** Returns the number of output values that were compared. */
    @JsonProperty
    public long values() {
        return outcomes.stream().mapToLong(OutputParity::values).sum();
    }

    /** Returns the batch sizes that were tried. */
    @JsonProperty
    public List<Integer> batches() {
        return outcomes.stream().map(OutputParity::batch).distinct().sorted().toList();
    }

    /** Returns the largest absolute difference. */
    @JsonProperty
    public double maxAbsolute() {
        return max(OutputParity::maxAbsolute);
    }

    /** Returns the largest difference, relative to the framework's value if that is above 1. */
    @JsonProperty
    public double maxError() {
        return max(OutputParity::maxError);
    }

    private double max(ToDoubleFunction<OutputParity> difference) {
        return outcomes.stream().mapToDouble(difference).max().orElse(0);
    }

    /** Returns a description of the worst value outside the tolerance; empty if every value agrees. */
    @JsonProperty
    public String disagreement() {
        return outcomes.stream()
                .filter(outcome -> !outcome.agrees())
                .max(Comparator.comparingDouble(OutputParity::excess))
                .map(outcome -> outcome.where() + ", " + outcome.worst())
                .orElse(outcomes.isEmpty() ? "the network has no outputs" : "");
    }

    /** Returns the numbers as in "1, 3 and 64". */
    private static String counted(List<Integer> numbers) {
        String all = numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
        int last = all.lastIndexOf(", ");
        return last < 0 ? all : all.substring(0, last) + " and" + all.substring(last + 1);
    }

    /** Returns the difference as in "0" or "4.5e-08". */
    private static String digits(double difference) {
        return difference == 0 ? "0" : String.format(Locale.ROOT, "%.1e", difference);
    }

    /** Returns one line if all agree; otherwise a line for each outcome, and the first node that differs. */
    @Override
    public String toString() {
        if (agrees()) {
            return String.format(
                    Locale.ROOT,
                    "ONNX Runtime agrees: largest difference %s over %,d values, at batch %s, with"
                            + " optimisations and without",
                    digits(maxError()),
                    values(),
                    counted(batches()));
        }
        StringBuilder text = new StringBuilder("ONNX Runtime does not agree:");
        outcomes.forEach(outcome -> text.append("\n  ").append(outcome));
        return text + (firstDifference.isEmpty() ? "" : "\n" + firstDifference);
    }
}
