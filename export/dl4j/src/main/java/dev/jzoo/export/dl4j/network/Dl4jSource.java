package dev.jzoo.export.dl4j.network;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The common view of both kinds of DL4J networks: parts in order, joined by named values. */
public interface Dl4jSource {

    /** Returns the names of the values that the network reads. */
    List<String> inputs();

    /** Returns the parts, each after the parts whose values it reads. */
    List<NetworkPart> parts();

    /** Returns the names of the values that the network outputs. */
    List<String> outputs();

    /** Returns the user's names of the outputs; empty for a chain of layers, whose result has no name. */
    List<String> outputNames();

    /** Returns the type in which the network computes. */
    DataType type();

    /** Returns the types that DL4J infers for the network's values, by name, if its only input has the given type. */
    Map<String, InputType> types(InputType input);

    /** Returns the network's setting for values that it keeps between passes. */
    CacheMode cacheMode();

    /**
     * Computes the network's result in inference mode.
     *
     * @param masks masks of the inputs that have one, [N, T] with 1 for valid steps, by the inputs' names
     */
    List<INDArray> output(List<INDArray> given, Map<String, INDArray> masks);

    /**
     * Computes the network's result in inference mode. It starts from the states that its recurrent layers keep for
     * truncated backpropagation, and stores the new states there.
     */
    List<INDArray> outputFromStates(List<INDArray> given);

    /** Returns the recurrent layer that writes a value. */
    RecurrentLayer recurrent(String value);

    /** Prepares the network for {@link #compute} on these inputs and masks, with masks as in {@link #output}. */
    void begin(List<INDArray> given, Map<String, INDArray> masks);

    /**
     * Runs one layer or vertex in inference mode.
     *
     * @param value value that it writes
     * @param read its inputs, prepared by its preprocessor; they may be overwritten
     * @return the result, which may be one of the inputs
     */
    INDArray compute(String value, List<INDArray> read, LayerWorkspaceMgr memory);

    /** Forgets the inputs and masks. */
    void end();
}
