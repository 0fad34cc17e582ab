package dev.jzoo.export;

import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An export needs its user to declare an input of the network: the shape or the values, which the framework does not tell. The
 * message advises in Java; {@link #problem()} is without advice, for a caller that speaks another language.
 */
public final class InputDeclarationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** What is to be declared. */
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
     * @param lack what is to be declared
     * @param inputs of the network as far as they are known: the advice shows them
     */
    public InputDeclarationException(String problem, Lack lack, List<ValueInfo> inputs) {
        this(problem, lack, inputs, null);
    }

    /** As above, with what the problem came from, or null. */
    public InputDeclarationException(String problem, Lack lack, List<ValueInfo> inputs, Throwable cause) {
        super(problem + " " + advice(lack, inputs), cause);
        this.problem = problem;
        this.lack = lack;
        this.inputs = List.copyOf(inputs);
    }

    private static String advice(Lack lack, List<ValueInfo> inputs) {
        if (inputs.isEmpty()) {
            return "Declare each input in the network's order: OnnxExporter.input(\"x\", DataType.FLOAT, shape), with the"
                    + " shape Dimension.batchOf(784) for rows, Dimension.batchOf(3, 224, 224) for pictures,"
                    + " List.of(Dimension.BATCH, Dimension.of(\"time\"), Dimension.of(16)) for sequences.";
        }
        String values = lack == Lack.VALUES ? ", InputValues.between(0, 1)" : "";
        String calls = inputs.stream()
                .map(input -> "input(\"" + input.name() + "\", DataType." + input.type() + ", " + java(input.shape())
                        + values + ")")
                .collect(Collectors.joining("."));
        return lack == Lack.VALUES
                ? "Declare the values that it takes: OnnxExporter." + calls
                        + ", with your range, or InputValues.of(example)."
                : "Declare the shape that it takes: OnnxExporter." + calls + ", with your sizes.";
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

    /** What could not be done and why, without advice. */
    public String problem() {
        return problem;
    }

    /** What is to be declared. */
    public Lack lack() {
        return lack;
    }

    /** Inputs of the network as far as they are known; empty where even their number is not. */
    public List<ValueInfo> inputs() {
        return inputs;
    }
}
