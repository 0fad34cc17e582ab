package dev.jzoo.benchmarks;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One prediction of a published model, in one of the ways. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Prediction {

    private static final Logger RUNTIME_LOG = Logger.getLogger(OrtEnvironment.class.getName());

    @Param("mnist-logistic")
    public String model;

    @Param("1")
    public int batch;

    @Param("1")
    public int threads;

    @Param("ONNX_MODEL")
    public String kind;

    private Way way;

    /** Opens the model, and checks that this way gives the same scores as the one that the others are compared with. */
    @Setup(org.openjdk.jmh.annotations.Level.Trial)
    public void open() throws Exception {
        Way.Kind chosen = Way.Kind.valueOf(kind);
        if (chosen == Way.Kind.DJL) {
            // DJL starts ONNX Runtime itself, and fails where somebody has done so before
            Engine.getEngine("OnnxRuntime");
            // ONNX Runtime's environment warns that it has DJL's name then
            RUNTIME_LOG.setLevel(Level.OFF);
        }
        Given given = Given.of(model, batch);
        way = Way.of(chosen, given, threads);
        try (Way other = Way.of(Way.Kind.HAND_WRITTEN, given, threads)) {
            float[] expected = other.scores();
            for (int i = 0; i < 3; i++) {
                if (!Arrays.equals(expected, way.scores())) {
                    throw new IllegalStateException(kind + " gives other scores.");
                }
            }
        }
    }

    @Benchmark
    public float[] scores() throws Exception {
        return way.scores();
    }

    @TearDown(org.openjdk.jmh.annotations.Level.Trial)
    public void close() throws Exception {
        way.close();
    }
}
