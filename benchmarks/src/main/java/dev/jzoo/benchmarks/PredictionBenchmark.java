package dev.jzoo.benchmarks;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One prediction of a published model by one contender. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PredictionBenchmark {

    private static final Logger RUNTIME_LOG = Logger.getLogger(OrtEnvironment.class.getName());

    @Param("mnist-logistic")
    public String model;

    @Param("1")
    public int batch;

    @Param("1")
    public int threads;

    @Param("ONNX_MODEL")
    public String kind;

    private Contender contender;

    /** Opens the model, and checks that the contender returns the same scores as the reference. */
    @Setup(Level.Trial)
    public void open() throws Exception {
        ContenderKind chosen = ContenderKind.valueOf(kind);
        if (chosen == ContenderKind.DJL) {
            // DJL starts ONNX Runtime itself, and fails if it is already started.
            Engine.getEngine("OnnxRuntime");
            // Then ONNX Runtime's environment warns that it has DJL's name.
            RUNTIME_LOG.setLevel(java.util.logging.Level.OFF);
        }
        ContenderInputs inputs = ContenderInputs.of(model, batch);
        contender = chosen.open(inputs, threads);
        try (Contender other = ContenderKind.HAND_WRITTEN.open(inputs, threads)) {
            float[] expected = other.scores();
            for (int i = 0; i < 3; i++) {
                if (!Arrays.equals(expected, contender.scores())) {
                    throw new IllegalStateException(kind + " returns different scores.");
                }
            }
        }
    }

    @Benchmark
    public float[] scores() throws Exception {
        return contender.scores();
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
        contender.close();
    }
}
