package dev.jzoo.inference;

import java.util.Objects;

/**
 * How ONNX Runtime runs a model.
 *
 * @param threads that share the work of one operator; 0 for as many as the processor has cores, or for those of
 *     {@link #SHARED_THREADS}
 * @param optimisation what may be done to the graph before it runs
 * @param arithmetic whether speed or equal bits on every run matter more
 * @param weights whether speed or memory matters more
 */
public record SessionSettings(int threads, Optimisation optimisation, Arithmetic arithmetic, WeightPacking weights) {

    /**
     * A system property, read once: the number of threads that all models of the process share which are opened with 0
     * threads, where each has threads of its own if it is not set. For many models in one process, of which few run at a
     * time. It has no effect, but a warning in the log, where another library started ONNX Runtime first.
     */
    public static final String SHARED_THREADS = "jzoo.shared.threads";

    /** What may be done to the graph before it runs. */
    public enum Optimisation {
        /** Nothing: each node as it stands in the file, for comparing and for finding faults. */
        NONE,
        /** All that ONNX Runtime knows: fusions, folding of constants, layouts. */
        ALL
    }

    /** Whether speed or equal bits on every run matter more. */
    public enum Arithmetic {
        /** The fastest kernels. */
        FASTEST,
        /** Kernels that give the same bits on every run, where ONNX Runtime has both. */
        DETERMINISTIC
    }

    /** What becomes of the weights when a model is opened. */
    public enum WeightPacking {
        /** They are packed once more in the order in which the kernels read them. */
        PACKED,
        /**
         * They stay as they are, and memory between the operators is given back at once: less of it, above all where the
         * weights lie beside the model and are mapped.
         */
        AS_THEY_ARE
    }

    public SessionSettings {
        if (threads < 0) {
            throw new IllegalArgumentException(
                    "A number of threads is 0 (all cores) or more; " + threads + " was given.");
        }
        Objects.requireNonNull(optimisation, "optimisation");
        Objects.requireNonNull(arithmetic, "arithmetic");
        Objects.requireNonNull(weights, "weights");
    }

    /** All cores, all optimisations, the fastest kernels, packed weights. */
    public static SessionSettings standard() {
        return new SessionSettings(0, Optimisation.ALL, Arithmetic.FASTEST, WeightPacking.PACKED);
    }

    /** The same with this number of threads. */
    public SessionSettings withThreads(int number) {
        return new SessionSettings(number, optimisation, arithmetic, weights);
    }

    /** The same with this optimisation. */
    public SessionSettings withOptimisation(Optimisation level) {
        return new SessionSettings(threads, level, arithmetic, weights);
    }

    /** The same with this arithmetic. */
    public SessionSettings withArithmetic(Arithmetic kind) {
        return new SessionSettings(threads, optimisation, kind, weights);
    }

    /** The same with this treatment of the weights. */
    public SessionSettings withWeights(WeightPacking treatment) {
        return new SessionSettings(threads, optimisation, arithmetic, treatment);
    }
}
