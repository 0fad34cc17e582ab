package dev.jzoo.export;

import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.error.JZooException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown if an exported network does not compute what its framework computes, or if nothing could be compared. The file
 * was not written.
 */
public final class DisagreementException extends JZooException {

    private static final long serialVersionUID = 1;

    private final transient Parity parity;
    private final transient List<ValueInfo> inputs;

    /**
     * @param framework name of the framework
     * @param parity a comparison that does not agree
     * @param inputs inputs whose values the user can declare
     * @param warnings warnings of the export
     */
    DisagreementException(String framework, Parity parity, List<ValueInfo> inputs, List<String> warnings) {
        super(Code.INTEGRITY, message(framework, parity, warnings), hint(parity, inputs));
        this.parity = parity;
        this.inputs = List.copyOf(inputs);
    }

    private static String message(String framework, Parity parity, List<String> warnings) {
        String message = parity.isComparable()
                ? "The file was not written: the exported network gives other values than " + framework + ". Worst: "
                        + parity.disagreement() + ". " + parity.firstDifference()
                : "The file was not written: the exported network cannot be compared with " + framework + ", "
                        + parity.disagreement() + ". There are no finite values to compare. "
                        + String.join(" ", warnings);
        return message.strip();
    }

    private static String hint(Parity parity, List<ValueInfo> inputs) {
        if (parity.isComparable()) {
            return "If only values near 0 differ, and the network is deep and its outputs are not"
                    + " normalised, allow it with tolerance(Tolerance.deep()). Otherwise this is a fault of"
                    + " the exporter: report it with the network's definition and the text of report().";
        } else if (inputs.isEmpty()) {
            return "Every output must have finite values. Find the layer that makes them NaN or infinite.";
        }
        return "Declare input values for which the network's outputs are finite, with "
                + inputs.stream()
                        .map(input ->
                                "input(\"" + input.name() + "\", type, shape, InputValues.between(lowest, highest))")
                        .collect(Collectors.joining(", "))
                + ", or with an example, InputValues.of(tensor).";
    }

    /** Returns the comparison, with the difference of each output. */
    public Parity parity() {
        return parity;
    }

    /** Returns whether finite values were compared. If not, the inputs need other values. */
    public boolean isComparable() {
        return parity.isComparable();
    }

    /** Returns the inputs whose values can be declared. */
    public List<ValueInfo> inputs() {
        return inputs;
    }
}
