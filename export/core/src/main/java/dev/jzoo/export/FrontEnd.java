package dev.jzoo.export;

import dev.jzoo.onnx.ValueInfo;
import java.util.List;

/**
 * Turns the networks of one framework into ONNX. Found through {@link java.util.ServiceLoader}, so that a framework that is
 * not on the classpath costs nothing.
 */
public interface FrontEnd {

    /** Name of the framework, for messages: "DJL". */
    String name();

    /** Whether this front end exports that object. */
    boolean accepts(Object network);

    /**
     * Prepares a network for export.
     *
     * @param network an object that this front end accepts
     * @param inputs names, types and shapes that the user declared, in the network's order; empty where the framework shall
     *     tell them
     * @throws IllegalArgumentException where the framework cannot tell the inputs and the user did not
     */
    SourceNetwork open(Object network, List<ValueInfo> inputs);
}
