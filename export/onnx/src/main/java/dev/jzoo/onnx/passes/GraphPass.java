package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.Graph;
import java.util.List;

/**
 * A rewriting of a graph that computes the same outputs under the same names from the same inputs. Deterministic; gives the
 * very same object where there is nothing to do.
 */
@FunctionalInterface
public interface GraphPass {

    /** Rewrites a graph of opset 7 or later. */
    Graph apply(Graph graph);

    /**
     * All passes that change no value: identities and transposes that undo each other go, reshapes that follow one another
     * become one, what depends on constants alone is computed, what is computed twice is computed once, and what no output
     * needs is left out. Run until nothing changes.
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

    /** Leaves out what no output needs, and changes nothing else. */
    static GraphPass pruning() {
        return new DeadCode();
    }

    /**
     * Multiplies a BatchNormalization into the weights of the Conv or Gemm before it, in double precision; the results differ
     * by rounding. The file can no longer be trained with batch normalisation.
     */
    static GraphPass batchNormalizationFolding() {
        return untilStable(List.of(new BatchNormalizationFolding(), new DeadCode()));
    }

    /**
     * Stores large constants whose every value a half has exactly in half precision, with a Cast behind them. Changes no value.
     */
    static GraphPass halfPrecisionStorage() {
        return new HalfPrecisionStorage();
    }

    /**
     * Says in the form of opset 21 what a graph of an opset from 7 on says in the form of its own: axes, pads and the like are
     * inputs, Upsample is a Resize, Softmax is over one axis. Constants that nodes write become initializers. For programs that
     * interpret graphs: they need to know one form of each operator only.
     */
    static GraphPass canonicalForm(long opset) {
        return new CanonicalForm(opset);
    }

    /**
     * Takes a graph that was exported in training mode to inference: BatchNormalization uses its running statistics, and Dropout
     * drops nothing. The very same graph where it infers already.
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
