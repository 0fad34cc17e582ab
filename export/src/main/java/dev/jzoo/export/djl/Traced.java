package dev.jzoo.export.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * A tensor of a recording.
 *
 * @param number position among all tensors of the recording; equal in both recordings of a network
 * @param origin where it comes from
 * @param shape [axis sizes] in this recording
 * @param type of the elements
 */
record Traced(int number, Origin origin, Shape shape, DataType type) {

    /** Where a tensor comes from. */
    sealed interface Origin {

        /** The network's input of that position. */
        record Input(int position) implements Origin {}

        /** A parameter, named by its path in the block tree. The array belongs to the network. */
        record Weight(String path, NDArray array) implements Origin {}

        /** Values that the forward pass made itself. The array belongs to the recording. */
        record Constant(NDArray array) implements Origin {}

        /** The result of a step that read nothing but constants. The array belongs to the recording. */
        record Folded(NDArray array) implements Origin {}

        /** The result of a step. */
        record Result(String scope) implements Origin {}
    }

    /** Whether the values depend neither on the input nor on a parameter. */
    boolean isConstant() {
        return origin instanceof Origin.Constant || origin instanceof Origin.Folded;
    }

    /** The values of a constant. */
    NDArray constant() {
        return origin instanceof Origin.Constant constant ? constant.array() : ((Origin.Folded) origin).array();
    }

    /** Path of the block that the tensor comes from; empty for the network itself. */
    String scope() {
        if (origin instanceof Origin.Weight weight) {
            int dot = weight.path().lastIndexOf('.');
            return dot < 0 ? "" : weight.path().substring(0, dot).replace('.', '/');
        }
        return origin instanceof Origin.Result result ? result.scope() : "";
    }
}
