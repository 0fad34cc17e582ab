package dev.jzoo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OrtEnvironment;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Recipes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Tests that every benchmark runs at its smallest size, for a moment, and returns finite figures above 0. */
class BenchmarksTest {

    private static final Logger RUNTIME_LOG = Logger.getLogger(OrtEnvironment.class.getName());

    @TempDir
    Path folder;

    /** Starts ONNX Runtime through DJL, which can use it only if nothing else in the JVM has started it before. */
    @BeforeAll
    static void startOnnxRuntimeByDjl() {
        ai.djl.engine.Engine.getEngine("OnnxRuntime");
        // It warns each time that other code opens a model.
        RUNTIME_LOG.setLevel(Level.OFF);
    }

    @Test
    void predictionsAreMeasuredWithEveryContender() throws Exception {
        var moment = new OptionsBuilder()
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(20))
                .build();
        requireFigures(
                1,
                new PredictionSpeed("mnist-logistic", 1, moment).measure(1),
                Arrays.stream(ContenderKind.values()).map(kind -> kind.title).toArray(String[]::new));
    }

    @Test
    void stepsOfBlocksAreMeasured() throws Exception {
        var perceptron = new BlockSpeed("perceptron", BlockSpeed.perceptron(), new Shape(2, 5), 1);
        requireFigures(2, perceptron.measure(1, 2), BlockSpeed.DJL, BlockSpeed.ONNX_BLOCK);
        var convolutions = new BlockSpeed("convolutions", BlockSpeed.convolutions(), new Shape(2, 3, 8, 8), 1);
        requireFigures(1, convolutions.measure(0, 1), BlockSpeed.DJL, BlockSpeed.ONNX_BLOCK);
    }

    @Test
    void partsOfAnExportAreMeasured() throws Exception {
        requireFigures(
                1,
                new ExportSpeed(new Shape(1, 3, 28, 28), 8, folder).measure(0, 1),
                "whole",
                "plain write",
                "forward pass",
                "recording",
                "passes",
                "check of the weights",
                "digest and write",
                "digest",
                "all but the write");
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    void stepsOfARecipeAreMeasured(String engine) throws Exception {
        Samples seconds = StepSpeed.measure(Recipes.get("sine-rnn"), Engine.of(engine), 3, 1, folder);
        requireFigures(3, Map.of("steps", seconds), "steps");
    }

    @Test
    void epochsFromScratchAreMeasured() throws Exception {
        Path rows = folder.resolve("rows");
        ByteBuffer numbers = ByteBuffer.allocate(4 * 3 * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double number : new double[] {0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0}) {
            numbers.putDouble(number);
        }
        Files.write(rows, numbers.array());
        List<Double> seconds = ScratchSpeed.measure(new int[] {2, 3, 2}, rows, 5);
        assertEquals(5, seconds.size());
        assertTrue(seconds.stream().allMatch(each -> each >= 0), seconds.toString());
    }

    @Test
    void downloadsAreMeasured() throws Exception {
        Assumptions.assumeTrue(isOnPath(DownloadSpeed.CURL), "skipped: there is no curl to compare with");
        List<String> pull = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.jzoo.cli.Main",
                "pull");
        requireFigures(1, new DownloadSpeed(folder, 1, pull).measure(0, 1), "curl", "the zoo's code", "jzoo pull");
    }

    @Test
    void memoryIsMeasured() throws Exception {
        Assumptions.assumeTrue(
                Files.isReadable(Path.of("/proc/self/status")), "skipped: only Linux tells what is resident");
        SamplesByName bytes = new SamplesByName();
        Set<Integer> counts = new TreeSet<>();
        new PredictionMemory(ContenderInputs.newest("mnist-logistic"), 2).measure(80, 20, (what, count, resident) -> {
            bytes.add(what, resident);
            counts.add(count);
        });
        requireFigures(PredictionMemory.REPORTS, bytes.samples(), "predictions", "cycles");
        assertEquals(80, counts.stream().mapToInt(Integer::intValue).max().orElseThrow());
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(System.getProperty("path.separator")))
                .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    }

    private static void requireFigures(int rounds, Map<String, Samples> figures, String... names) {
        assertEquals(Set.of(names), figures.keySet());
        figures.forEach((name, samples) -> {
            assertEquals(rounds, samples.values().size(), name);
            for (double value : samples.values()) {
                assertTrue(value > 0 && Double.isFinite(value), name + ": " + samples);
            }
        });
    }
}
