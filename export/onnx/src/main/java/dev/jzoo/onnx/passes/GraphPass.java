package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.Graph;
import java.util.List;

/**
 * A rewriting of a graph that computes the same outputs under the same names from the same inputs. It is deterministic and
 * returns the same object if there is nothing to do.
 */
@FunctionalInterface
public interface GraphPass {

    /** Rewrites a graph of opset 7 or later. */
    Graph apply(Graph graph);

    /**
     * Returns all passes that change no value, run until nothing changes. They remove identities and transposes that undo
     * each other, merge consecutive reshapes, compute constant expressions, compute duplicates once, and remove everything
     * that no output needs.
     */
    static GraphPass cleaning() {
        return untilStable(List.of(
                new ConstantFolding(),
                new IdentityRemoval(),
                new TransposeMerging(),
                new ReshapeMerging(),
                new DuplicateRemoval(),
                new DeadCode()));
    }

    /** Returns the pass that removes everything that no output needs, and changes nothing else. */
    static GraphPass pruning() {
        return new DeadCode();
    }

    /**
     * Returns the pass that multiplies a BatchNormalization into the weights of the Conv or Gemm before it, in double
     * precision. Results differ by rounding. The file can no longer be trained with batch normalisation.
     */
    static GraphPass batchNormalizationFolding() {
        return untilStable(List.of(new BatchNormalizationFolding(), new DeadCode()));
    }

    /**
     * Returns the pass that stores large constants in half precision, followed by a Cast, if a half represents each value
     * exactly. It changes no value.
     */
    static GraphPass halfPrecisionStorage() {
        return new HalfPrecisionStorage();
    }

    /** Returns the pass that sorts nodes topologically. Nodes in a cycle stay where they are. */
    static GraphPass topologicalOrder() {
        return new TopologicalOrder();
    }

    /**
     * Returns the pass that converts a graph of opset 7 or later to the form of opset 25: axes, pads and similar settings
     * are inputs, Upsample is a Resize, and Softmax is over one axis. Constant nodes become initializers. A program that
     * interprets graphs thus needs to support only one form of each operator.
     */
    static GraphPass canonicalForm(long opset) {
        return new CanonicalForm(opset);
    }

    /**
     * Returns the pass that converts a graph exported in training mode to inference: BatchNormalization uses its running
     * statistics, and Dropout drops nothing. It returns the same graph if it is already in inference mode.
     */
    static GraphPass inferenceForm() {
        return new InferenceForm();
    }

    private static GraphPass untilStable(List<GraphPass> passes) {
        return graph -> {
            Graph before;
            Graph after = graph;
            do {
                before = after;
                for (GraphPass pass : passes) {
                    after = pass.apply(after);
                }
            } while (after != before);
            return after;
        };
    }
}
