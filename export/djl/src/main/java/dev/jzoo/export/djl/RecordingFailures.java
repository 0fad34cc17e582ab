package dev.jzoo.export.djl;

import ai.djl.ndarray.NDList;
import dev.jzoo.export.InputDeclarationException;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.djl.recording.Recording;
import dev.jzoo.export.djl.recording.ValueReadException;
import dev.jzoo.onnx.ValueInfo;
import java.util.Arrays;
import java.util.List;

/** Errors for forward passes that cannot be recorded, or whose two recordings differ. */
final class RecordingFailures {

    static final String HINT =
            "Replace these parts, or export the network without them and compute them in your own" + " code.";

    private RecordingFailures() {}

    static UnsupportedNetworkException refused(ValueReadException e) {
        return e.unseen()
                .map(method -> new UnsupportedNetworkException(
                        List.of("'" + method
                                + "' is called on an array that the recording cannot see: it is in a static field, or a"
                                + " manager made it that does not belong to the forward pass"),
                        "Keep the array in a field of the block, create it with x.getManager(), or call the"
                                + " method on the forward pass's tensor: x.mul(array), not array.mul(x)."))
                .orElseGet(() -> new UnsupportedNetworkException(
                        List.of("the forward pass reads the values of a tensor (" + e.getMessage()
                                + "), so it may take another path for another input"),
                        "Make the decision with array operations, such as NDArrays.where."));
    }

    /** Returns an error for a block that fails in DJL too, at sizes that the declared inputs allow. */
    static InputDeclarationException failing(NDList arrays, List<ValueInfo> inputs, RuntimeException e) {
        return new InputDeclarationException(
                "Cannot export the block: in DJL it fails on inputs of shape " + Arrays.toString(arrays.getShapes())
                        + ": "
                        + (e.getMessage() == null ? e : e.getMessage())
                        + ". The declared inputs must have the types that the block takes, and a fixed size for"
                        + " each axis that cannot change.",
                InputDeclarationException.Lack.SHAPE,
                inputs,
                e);
    }

    /** Returns an error for a part that the engine does not implement. */
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
                        "Declare the axis that changes the forward pass with a fixed size.");
            }
        }
    }
}
