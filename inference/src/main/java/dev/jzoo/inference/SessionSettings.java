package dev.jzoo.inference;

import java.util.Objects;

/**
 * Settings for running a model in ONNX Runtime.
 *
 * @param threads number of threads for one operator; 0 for the number of the processor's cores, or for the threads of {@link
 *     #SHARED_THREADS}
 * @param optimisation allowed changes to the graph
 * @param arithmetic preference for speed or for equal bits on every run
 * @param weights preference for speed or for less memory
 */
public record SessionSettings(int threads, Optimisation optimisation, Arithmetic arithmetic, WeightPacking weights) {

    /**
     * A system property, read once: the number of threads that all models opened with 0 threads share in this process. If
     * it is not set, each of them has its own threads. Useful for many models in one process, few of which run at a time.
     * If another library has started ONNX Runtime first, it has no effect but a warning in the log.
     */
    public static final String SHARED_THREADS = "jzoo.shared.threads";

    /** Allowed changes to the graph before it runs. */
    public enum Optimisation {
        /** None: each node runs as in the file, for comparisons and debugging. */
        NONE,
        /** All optimisations of ONNX Runtime: fusion, constant folding, layout changes. */
        ALL
    }

    /** Preference for speed or for equal bits on every run. */
    public enum Arithmetic {
        /** The fastest kernels. */
        FASTEST,
        /** Kernels that return the same bits on every run, where ONNX Runtime has a choice. */
        DETERMINISTIC
    }

    /** The layout of the weights in memory. */
    public enum WeightPacking {
        /** A second copy of the weights, in the order in which the kernels read them. */
        PACKED,
        /**
         * The weights as they are in the file, with memory between operators freed at once. Needs less memory, above all if
         * the weights are in a separate file that is memory-mapped.
         */
        AS_THEY_ARE
    }

    public SessionSettings {
        if (threads < 0) {
            throw new IllegalArgumentException(
                    "The number of threads is at least 0 (0 for all cores), not " + threads + ".");
        }
        Objects.requireNonNull(optimisation, "optimisation");
        Objects.requireNonNull(arithmetic, "arithmetic");
        Objects.requireNonNull(weights, "weights");
    }

    /** Returns the standard settings: all cores, all optimisations, the fastest kernels, packed weights. */
    public static SessionSettings standard() {
        return new SessionSettings(0, Optimisation.ALL, Arithmetic.FASTEST, WeightPacking.PACKED);
    }

    /** Returns a copy with this number of threads. */
    public SessionSettings withThreads(int number) {
        return new SessionSettings(number, optimisation, arithmetic, weights);
    }

    /** Returns a copy with this optimisation. */
    public SessionSettings withOptimisation(Optimisation level) {
        return new SessionSettings(threads, level, arithmetic, weights);
    }

    /** Returns a copy with this arithmetic. */
    public SessionSettings withArithmetic(Arithmetic kind) {
        return new SessionSettings(threads, optimisation, kind, weights);
    }

    /** Returns a copy with this layout of the weights. */
    public SessionSettings withWeights(WeightPacking treatment) {
        return new SessionSettings(threads, optimisation, arithmetic, treatment);
    }
}
