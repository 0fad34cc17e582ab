package dev.jzoo.export.dl4j.network;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the two kinds of DL4J networks have in common: parts in order, joined by named values. */
public interface Dl4jSource {

    /** Names of the values that the network reads. */
    List<String> inputs();

    /** Each after those whose values it reads. */
    List<NetworkPart> parts();

    /** Names of the values that the network gives. */
    List<String> outputs();

    /** The user's names of what the network gives; empty for a chain of layers, whose result has no name. */
    List<String> outputNames();

    /** The type that the network computes in. */
    DataType type();

    /** What DL4J takes the values of the network for, by their names, where its one input is of a type. */
    Map<String, InputType> types(InputType input);

    /** What the network keeps from one pass for the next. */
    CacheMode cacheMode();

    /**
     * The network's result, in inference mode.
     *
     * @param masks of the inputs that have one, [N, T] with 1 for steps that count, by the inputs' names
     */
    List<INDArray> output(List<INDArray> given, Map<String, INDArray> masks);

    /**
     * The network's result, in inference mode, going on from the states that its recurrent layers have for truncated
     * backpropagation, and leaving them there.
     */
    List<INDArray> goOn(List<INDArray> given);

    /** The recurrent layer that gives a value. */
    RecurrentLayer recurrent(String value);

    /** Prepares the network for {@link #compute} on these inputs and masks, which are as for {@link #output}. */
    void begin(List<INDArray> given, Map<String, INDArray> masks);

    /**
     * Runs one layer or vertex in inference mode.
     *
     * @param value that it gives
     * @param read its inputs, prepared by its preprocessor; they may be written into
     * @return the result, which may be one of the inputs
     */
    INDArray compute(String value, List<INDArray> read, LayerWorkspaceMgr memory);

    /** Forgets inputs and masks. */
    void end();
}
