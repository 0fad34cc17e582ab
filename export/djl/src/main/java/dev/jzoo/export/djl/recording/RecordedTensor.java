package dev.jzoo.export.djl.recording;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * A tensor of a recording.
 *
 * @param number position among all tensors of the recording; equal in both recordings of a network
 * @param origin source of the tensor
 * @param shape [axis sizes] in this recording
 * @param type element type
 */
public record RecordedTensor(int number, TensorOrigin origin, Shape shape, DataType type) {

    /** The source of a tensor. */
    public sealed interface TensorOrigin {

        /** The network's input at a position. */
        record InputOrigin(int position) implements TensorOrigin {}

        /** A parameter, named by its path in the block tree. The array belongs to the network. */
        record ParameterOrigin(String path, NDArray array) implements TensorOrigin {}

        /** Values that the forward pass created itself. The array belongs to the recording. */
        record ConstantOrigin(NDArray array) implements TensorOrigin {}

        /** The result of a step that read only constants. The array belongs to the recording. */
        record FoldedOrigin(NDArray array) implements TensorOrigin {}

        /** The result of a step. */
        record StepOrigin(String scope) implements TensorOrigin {}
    }

    /** Returns whether the values depend neither on the input nor on a parameter. */
    public boolean isConstant() {
        return origin instanceof TensorOrigin.ConstantOrigin || origin instanceof TensorOrigin.FoldedOrigin;
    }

    /** Returns the values of a constant. */
    public NDArray constant() {
        return origin instanceof TensorOrigin.ConstantOrigin constant
                ? constant.array()
                : ((TensorOrigin.FoldedOrigin) origin).array();
    }

    /** Returns the path of the block that the tensor comes from; empty for the network itself. */
    String scope() {
        if (origin instanceof TensorOrigin.ParameterOrigin weight) {
            int dot = weight.path().lastIndexOf('.');
            return dot < 0 ? "" : weight.path().substring(0, dot).replace('.', '/');
        }
        return origin instanceof TensorOrigin.StepOrigin result ? result.scope() : "";
    }
}
