package dev.jzoo.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Predicts for long and opens and closes often, and prints the resident memory of the process now and then: FILE THREADS
 * PREDICTIONS CYCLES. Pixels go in, at one shape for some time and then at another.
 */
final class Endurance {

    private static final int REPORTS = 20;

    private Endurance() {}

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        int predictions = Integer.parseInt(arguments[2]);
        int cycles = Integer.parseInt(arguments[3]);
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
                report("predictions", report * each * threads);
            }
            pool.shutdown();
        }
        for (int cycle = 1; cycle <= cycles; cycle++) {
            try (OnnxModel model = OnnxModel.open(file, Device.cpu())) {
                predict(model, 20);
            }
            if (cycle % (cycles / REPORTS) == 0) {
                report("cycles", cycle);
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
            Tensor pixels = Tensor.adopt(ElementType.UINT8, new byte[size], shape);
            int scores = model.run(Map.of(port.name(), pixels))
                    .get(model.outputs().get(0).name())
                    .size();
            if (scores % batch != 0) {
                throw new IllegalStateException(scores + " scores for " + batch + " pictures.");
            }
        }
    }

    private static void report(String what, int count) {
        System.gc();
        System.out.println(what + " " + count + " resident " + resident());
    }

    /** In bytes. */
    private static long resident() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
