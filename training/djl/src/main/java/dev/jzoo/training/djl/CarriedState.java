package dev.jzoo.training.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.jzoo.training.examples.Examples;

/** The state of a network between two consecutive batches. Gradients stop at the start of a batch. */
interface CarriedState {

    /** Returns the network's inputs: the batch, and the state after the previous batch. */
    NDList with(NDArray input);

    /** Keeps the network's outputs after the first one. */
    void keep(NDList outputs);

    /**
     * Returns the state at the beginning of an epoch, which is empty.
     *
     * @param scope owner of the state
     */
    static CarriedState of(Examples examples, NDManager scope) {
        return examples.order() == Examples.Order.CONTINUING ? new Carried(scope) : new None();
    }

    /** No state: each batch starts from zero. */
    final class None implements CarriedState {
        @Override
        public NDList with(NDArray input) {
            return new NDList(input);
        }

        @Override
        public void keep(NDList outputs) {}
    }

    /** A carried state: each batch starts with the state after the previous one. */
    final class Carried implements CarriedState {

        private final NDManager scope;
        private NDList state = new NDList();

        private Carried(NDManager scope) {
            this.scope = scope;
        }

        @Override
        public NDList with(NDArray input) {
            return new NDList(input).addAll(state);
        }

        @Override
        public void keep(NDList outputs) {
            NDList left = new NDList();
            for (NDArray array : outputs.subNDList(1)) {
                NDArray value = array.stopGradient();
                value.attach(scope);
                left.add(value);
            }
            state.close();
            state = left;
        }
    }
}
