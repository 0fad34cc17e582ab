package dev.jzoo.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The time of a prediction by each {@link Contender}, measured alternately with JMH.
 *
 * @param model name of a published model
 * @param threads number of threads of ONNX Runtime
 * @param effort time and number of JVMs for one contender in a round
 */
record PredictionSpeed(String model, int threads, Options effort) {

    private static final List<String> MODELS = List.of("mnist-logistic", "mnist1d-cnn", "cifar10-mini-alexnet");

    /** Three seconds after three seconds of warm-up, in its own JVM. */
    private static final Options STANDARD = new OptionsBuilder()
            .forks(1)
            .warmupIterations(3)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(3)
            .measurementTime(TimeValue.seconds(1))
            .build();

    /** Measures and prints. Arguments: ROUNDS (default 5), THREADS (default 1) and MODEL ... (default: three models). */
    public static void main(String[] arguments) throws RunnerException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int threads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
        List<String> models = arguments.length > 2 ? List.of(arguments).subList(2, arguments.length) : MODELS;
        System.out.printf(
                "%-22s %-30s %12s %8s   of the rounds   (batch 1, threads of ONNX Runtime: %d, rounds: %d)%n",
                "", "", "us a call", "ratio", threads, rounds);
        for (String model : models) {
            print(model, new PredictionSpeed(model, threads, STANDARD).measure(rounds));
        }
    }

    private static void print(String model, Map<String, Samples> micros) {
        Samples base = micros.get(ContenderKind.HAND_WRITTEN.title);
        micros.forEach((title, samples) -> {
            Samples ratios = samples.over(base);
            System.out.printf(
                    Locale.ROOT,
                    "%-22s %-30s %12.2f %8.3f   %.3f to %.3f%n",
                    model,
                    title,
                    samples.median(),
                    ratios.median(),
                    ratios.smallest(),
                    ratios.largest());
        });
    }

    /** Returns the microseconds of a call by the titles of the contenders, one value for each round. */
    Map<String, Samples> measure(int rounds) throws RunnerException {
        SamplesByName micros = new SamplesByName();
        for (int round = 0; round < rounds; round++) {
            List<ContenderKind> order = new ArrayList<>(Arrays.asList(ContenderKind.values()));
            Collections.rotate(order, round);
            for (ContenderKind kind : order) {
                micros.add(kind.title, measure(kind));
            }
        }
        return micros.samples();
    }

    private double measure(ContenderKind kind) throws RunnerException {
        RunResult result = new Runner(new OptionsBuilder()
                        .parent(effort)
                        .include(PredictionBenchmark.class.getName())
                        .param("model", model)
                        .param("threads", Integer.toString(threads))
                        .param("kind", kind.name())
                        // DJL would also start PyTorch, which is on this class path but not on an application's
                        // that only predicts.
                        .jvmArgsAppend("-Dai.djl.onnx.disable_alternative=true")
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .runSingle();
        return result.getPrimaryResult().getScore();
    }
}
