package dev.jzoo.export;

import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown if an export needs you to declare the shape or the values of an input, because the framework does not know
 * them. The message advises which Java method to call. {@link #problem()} is the message without this advice, for
 * callers that are not Java code.
 */
public final class InputDeclarationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** The part of an input that must be declared. */
    public enum Lack {
        /** Number and sizes of the axes. */
        SHAPE,
        /** The range of the values, or an example. */
        VALUES
    }

    private final String problem;
    private final Lack lack;
    private final transient List<ValueInfo> inputs;

    /**
     * @param problem what could not be done and why, in sentences
     * @param lack the part of an input that must be declared
     * @param inputs the known inputs of the network, which the advice shows
     */
    public InputDeclarationException(String problem, Lack lack, List<ValueInfo> inputs) {
        this(problem, lack, inputs, null);
    }

    /** Creates the exception with a cause, which may be null. */
    public InputDeclarationException(String problem, Lack lack, List<ValueInfo> inputs, Throwable cause) {
        super(problem + " " + advice(lack, inputs), cause);
        this.problem = problem;
        this.lack = lack;
        this.inputs = List.copyOf(inputs);
    }

    private static String advice(Lack lack, List<ValueInfo> inputs) {
        if (inputs.isEmpty()) {
            return "Declare each input, in the network's order, with OnnxExporter.input(\"x\","
                    + " DataType.FLOAT, shape). The shape is Dimension.batchOf(784) for rows,"
                    + " Dimension.batchOf(3, 224, 224) for pictures, or List.of(Dimension.BATCH,"
                    + " Dimension.of(\"time\"), Dimension.of(16)) for sequences.";
        }
        String values = lack == Lack.VALUES ? ", InputValues.between(0, 1)" : "";
        String calls = inputs.stream()
                .map(input -> "input(\"" + input.name() + "\", DataType." + input.type() + ", " + java(input.shape())
                        + values + ")")
                .collect(Collectors.joining("."));
        return lack == Lack.VALUES
                ? "Declare the values that the input takes: OnnxExporter." + calls
                        + ", with your own range or with InputValues.of(example)."
                : "Declare the shape that the input takes: OnnxExporter." + calls + ", with your sizes.";
    }

    private static String java(List<Dimension> shape) {
        return shape.stream()
                .map(axis -> axis.equals(Dimension.BATCH)
                        ? "Dimension.BATCH"
                        : axis instanceof Dimension.FixedDimension fixed
                                ? "Dimension.of(" + fixed.size() + ")"
                                : "Dimension.of(\"" + axis + "\")")
                .collect(Collectors.joining(", ", "List.of(", ")"));
    }

    /** Returns what could not be done and why, without advice. */
    public String problem() {
        return problem;
    }

    /** Returns the part of an input that must be declared. */
    public Lack lack() {
        return lack;
    }

    /** Returns the known inputs of the network; empty if even their number is unknown. */
    public List<ValueInfo> inputs() {
        return inputs;
    }
}
