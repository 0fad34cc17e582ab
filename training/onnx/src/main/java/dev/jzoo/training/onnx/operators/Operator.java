package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * The computation of one node, with its attributes read. Returns new arrays, never one of its inputs; all other arrays
 * that it creates are closed at the end of the pass.
 */
@FunctionalInterface
public interface Operator {

    NDList apply(OperatorInputs call);

    /**
     * Creates the operator of a node. Fails with UnsupportedOperationException, with the reason, if its attributes are
     * not supported.
     */
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

    /** Returns a factory of operators without attributes. */
    static OperatorFactory plain(Single single) {
        Operator operator = single(single);
        return settings -> operator;
    }
}
