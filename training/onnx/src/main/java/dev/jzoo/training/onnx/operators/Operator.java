package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * What one node computes, with its settings read. Gives new arrays, never one of its inputs; whatever else it creates is
 * closed at the end of the pass.
 */
@FunctionalInterface
public interface Operator {

    NDList apply(OperatorInputs call);

    /** Makes the operator of a node. Fails with UnsupportedOperationException, saying why, where its settings cannot be done. */
    @FunctionalInterface
    interface OperatorFactory {
        Operator of(NodeAttributes settings);
    }

    /** An operator with one output. */
    @FunctionalInterface
    interface Single {
        NDArray apply(OperatorInputs call);
    }

    static Operator single(Single single) {
        return call -> new NDList(single.apply(call));
    }

    /** A factory of operators without settings. */
    static OperatorFactory plain(Single single) {
        Operator operator = single(single);
        return settings -> operator;
    }
}
