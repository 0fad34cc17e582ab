package dev.jzoo.export;

import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.error.JZooException;
import java.util.List;
import java.util.stream.Collectors;

/** An exported network does not compute what its framework does, or nothing could be compared. Nothing was written. */
public final class DisagreementException extends JZooException {

    private static final long serialVersionUID = 1;

    private final transient Parity parity;
    private final transient List<ValueInfo> inputs;

    /**
     * @param framework name of it
     * @param parity that does not agree
     * @param inputs whose values the user may declare
     * @param warnings of the export
     */
    DisagreementException(String framework, Parity parity, List<ValueInfo> inputs, List<String> warnings) {
        super(Code.INTEGRITY, message(framework, parity, warnings), hint(parity, inputs));
        this.parity = parity;
        this.inputs = List.copyOf(inputs);
    }

    private static String message(String framework, Parity parity, List<String> warnings) {
        String message = parity.isComparable()
                ? "Nothing was written: the exported network does not compute what " + framework + " does. Worst: "
                        + parity.disagreement() + ". " + parity.firstDifference()
                : "Nothing was written: the exported network cannot be compared with " + framework + ", "
                        + parity.disagreement() + ". There is no finite value to compare. "
                        + String.join(" ", warnings);
        return message.strip();
    }

    private static String hint(Parity parity, List<ValueInfo> inputs) {
        if (parity.isComparable()) {
            return "If only values near 0 differ, and the network is deep with outputs that are not normalised, allow"
                    + " Tolerance.deep(). Otherwise it is a fault of the exporter; report it with the network's definition"
                    + " and what report() says.";
        } else if (inputs.isEmpty()) {
            return "Every output must be finite somewhere: look for what makes it infinite or not a number.";
        }
        return "Declare values of its inputs at which the network is finite, "
                + inputs.stream()
                        .map(input ->
                                "input(\"" + input.name() + "\", type, shape, InputValues.between(lowest, highest))")
                        .collect(Collectors.joining(", "))
                + ", or an example, InputValues.of(tensor).";
    }

    /** How far both are from each other. */
    public Parity parity() {
        return parity;
    }

    /** Whether finite values were compared; if not, the inputs need other values. */
    public boolean isComparable() {
        return parity.isComparable();
    }

    /** Inputs whose values can be declared. */
    public List<ValueInfo> inputs() {
        return inputs;
    }
}
