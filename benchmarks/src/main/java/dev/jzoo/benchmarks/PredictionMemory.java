package dev.jzoo.benchmarks;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Port;
import dev.jzoo.inference.SessionSettings;
import dev.jzoo.inference.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The resident memory of a process that predicts for a long time and then opens and closes a model many times. The inputs
 * are pixels, of one shape for some time and then of another.
 *
 * @param file a model that takes pixels
 * @param threads number of threads that predict at the same time
 */
record PredictionMemory(Path file, int threads) {

    /** Number of memory readings, for predictions and for opened models each. */
    static final int REPORTS = 20;

    static final String PREDICTIONS = "predictions";
    static final String CYCLES = "cycles";

    /**
     * Measures and prints. Arguments: PREDICTIONS (default 1,000,000), CYCLES (default 200) and MODEL (default
     * mnist-logistic).
     */
    public static void main(String[] arguments) throws Exception {
        int predictions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int cycles = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        String model = arguments.length > 2 ? arguments[2] : "mnist-logistic";
        new PredictionMemory(ContenderInputs.newest(model), 8)
                .measure(
                        predictions,
                        cycles,
                        (what, count, resident) -> System.out.println(what + " " + count + " resident " + resident));
    }

    /** A receiver of readings. */
    interface MemoryListener {
        /**
         * Reports the resident memory.
         *
         * @param what {@link #PREDICTIONS} or {@link #CYCLES}
         * @param count number of them so far
         * @param resident bytes
         */
        void report(String what, int count, long resident);
    }

    /** Predicts, then opens and closes, and reports the resident memory {@link #REPORTS} times for each. Linux only. */
    void measure(int predictions, int cycles, MemoryListener listener) throws Exception {
        try (OnnxModel model =
                OnnxModel.open(file, Device.cpu(), SessionSettings.standard().withThreads(1))) {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            int each = predictions / REPORTS / threads;
            for (int report = 1; report <= REPORTS; report++) {
                List<Future<?>> workers = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    workers.add(pool.submit(() -> predict(model, each)));
                }
                for (Future<?> worker : workers) {
                    worker.get();
                }
                listener.report(PREDICTIONS, report * each * threads, resident());
            }
            pool.shutdown();
        }
        for (int cycle = 1; cycle <= cycles; cycle++) {
            try (OnnxModel model = OnnxModel.open(file, Device.cpu())) {
                predict(model, 20);
            }
            if (cycle % (cycles / REPORTS) == 0) {
                listener.report(CYCLES, cycle, resident());
            }
        }
    }

    private static void predict(OnnxModel model, int calls) {
        Port port = model.inputs().get(0);
        for (int i = 0; i < calls; i++) {
            int batch = 1 + i / 10 % 3;
            long[] shape = port.shape().stream()
                    .mapToLong(axis -> axis.fixedSize().orElse(batch))
                    .toArray();
            int size = 1;
            for (long axis : shape) {
                size *= (int) axis;
            }
            int scores = model.run(Map.of(port.name(), Tensor.ofBytes(new byte[size], shape)))
                    .get(model.outputs().get(0).name())
                    .size();
            if (scores % batch != 0) {
                throw new IllegalStateException(scores + " scores for " + batch + " pictures.");
            }
        }
    }

    /** Returns the resident memory of this process in bytes, after a garbage collection. */
    private static long resident() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
