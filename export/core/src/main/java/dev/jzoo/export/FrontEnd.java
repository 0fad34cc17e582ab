package dev.jzoo.export;

import dev.jzoo.onnx.ValueInfo;
import java.util.List;

/**
 * A converter of one framework's networks to ONNX. Front ends are found through {@link java.util.ServiceLoader}, so a
 * framework that is not on the class path costs nothing.
 */
public interface FrontEnd {

    /** Returns the name of the framework for messages: "DJL". */
    String name();

    /** Returns whether this front end exports the given object. */
    boolean accepts(Object network);

    /**
     * Prepares a network for export.
     *
     * @param network an object that this front end accepts
     * @param inputs names, types and shapes that the user declared, in the network's order; empty to use the inputs
     * that the framework knows
     * @throws IllegalArgumentException if the framework does not know the inputs and the user did not declare them
     */
    SourceNetwork open(Object network, List<ValueInfo> inputs);
}
