package dev.jzoo.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the ways by turns and prints what they cost, beside each other. Started by speed.sh: ROUNDS THREADS [MODEL ...]. */
public final class PredictionSpeed {

    private static final List<String> MODELS = List.of("mnist-logistic", "mnist1d-cnn", "cifar10-mini-alexnet");

    private PredictionSpeed() {}

    public static void main(String[] arguments) throws RunnerException {
        int rounds = Integer.parseInt(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        List<String> models = arguments.length > 2 ? List.of(arguments).subList(2, arguments.length) : MODELS;
        System.out.printf(
                "%-22s %-30s %12s %8s   of the rounds   (batch 1, threads of ONNX Runtime: %d, rounds: %d)%n",
                "", "", "us a call", "ratio", threads, rounds);
        for (String model : models) {
            compare(model, rounds, threads);
        }
    }

    private static void compare(String model, int rounds, int threads) throws RunnerException {
        Map<Way.Kind, List<Double>> micros = new EnumMap<>(Way.Kind.class);
        for (int round = 0; round < rounds; round++) {
            List<Way.Kind> order = new ArrayList<>(Arrays.asList(Way.Kind.values()));
            Collections.rotate(order, round);
            for (Way.Kind kind : order) {
                micros.computeIfAbsent(kind, any -> new ArrayList<>()).add(measure(model, kind, threads));
            }
        }
        List<Double> base = micros.get(Way.Kind.HAND_WRITTEN);
        micros.forEach((kind, each) -> {
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                ratios.add(each.get(round) / base.get(round));
            }
            System.out.printf(
                    "%-22s %-30s %12.2f %8.3f   %.3f to %.3f%n",
                    model, kind.title, median(each), median(ratios), Collections.min(ratios), Collections.max(ratios));
        });
    }

    /** Microseconds a call, in a JVM of its own. */
    private static double measure(String model, Way.Kind kind, int threads) throws RunnerException {
        RunResult result = new Runner(new OptionsBuilder()
                        .include(Prediction.class.getName())
                        .param("model", model)
                        .param("threads", Integer.toString(threads))
                        .param("kind", kind.name())
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(new TimeValue(1, TimeUnit.SECONDS))
                        .measurementIterations(3)
                        .measurementTime(new TimeValue(1, TimeUnit.SECONDS))
                        .jvmArgsAppend("-Dorg.slf4j.simpleLogger.defaultLogLevel=error")
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .runSingle();
        return result.getPrimaryResult().getScore();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
