package dev.jzoo.export.djl;

import ai.djl.ndarray.NDList;
import dev.jzoo.export.InputDeclarationException;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.djl.recording.Recording;
import dev.jzoo.export.djl.recording.ValueReadException;
import dev.jzoo.onnx.ValueInfo;
import java.util.Arrays;
import java.util.List;

/** Errors for forward passes that cannot be recorded, or not twice alike. */
final class RecordingFailures {

    static final String HINT =
            "Replace these parts, or put what they compute behind the exported network, in your own code.";

    private RecordingFailures() {}

    static UnsupportedNetworkException refused(ValueReadException e) {
        return e.unseen()
                .map(method -> new UnsupportedNetworkException(
                        List.of(
                                "'" + method
                                        + "' is called on an array that nothing in the network leads to, so that the"
                                        + " recording does not see it: one in a static field, or made by a manager that is there"),
                        "Keep the array in a field of the block, make it with x.getManager(), or call the method on the"
                                + " tensor of the forward pass: x.mul(array), not array.mul(x)."))
                .orElseGet(() -> new UnsupportedNetworkException(
                        List.of("the forward pass reads the values of a tensor (" + e.getMessage()
                                + "), so that it may take another way for another input"),
                        "Compute the decision with array operations, such as NDArrays.where."));
    }

    /** The framework cannot run the network either, at sizes that the declared inputs allow. */
    static InputDeclarationException failing(NDList arrays, List<ValueInfo> inputs, RuntimeException e) {
        return new InputDeclarationException(
                "The block fails on inputs of shape " + Arrays.toString(arrays.getShapes()) + ": "
                        + (e.getMessage() == null ? e : e.getMessage())
                        + ". Inputs have its types, and a fixed size for each axis that it is bound to.",
                InputDeclarationException.Lack.SHAPE,
                inputs,
                e);
    }

    /** The engine does not implement a part. */
    static UnsupportedNetworkException lacking(String part) {
        return new UnsupportedNetworkException(List.of(part), HINT);
    }

    static void requireSameSteps(Recording first, Recording second) {
        List<String> ours = first.primitives();
        List<String> theirs = second.primitives();
        for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
            String one = i < ours.size() ? ours.get(i) : "nothing";
            String other = i < theirs.size() ? theirs.get(i) : "nothing";
            if (!one.equals(other)) {
                throw new UnsupportedNetworkException(
                        List.of("the forward pass depends on the size of the input: its step " + i + " is " + one
                                + " for one size and " + other + " for another"),
                        "Declare the axis that changes the computation with a fixed size.");
            }
        }
    }
}
