package dev.jzoo.training.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.jzoo.training.examples.Examples;

/** The state of a network between two batches that continue each other. No gradient goes back beyond a batch. */
interface CarriedState {

    /** What the network takes: the batch, and the state that the batch before has left. */
    NDList with(NDArray input);

    /** Keeps what the network gave behind its first output. */
    void keep(NDList outputs);

    /**
     * The state at the beginning of an epoch, which is none.
     *
     * @param scope owner of the state
     */
    static CarriedState of(Examples examples, NDManager scope) {
        return examples.order() == Examples.Order.CONTINUING ? new Carried(scope) : new None();
    }

    /** Each batch starts anew. */
    final class None implements CarriedState {
        @Override
        public NDList with(NDArray input) {
            return new NDList(input);
        }

        @Override
        public void keep(NDList outputs) {}
    }

    /** Each batch starts where the one before has ended. */
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
