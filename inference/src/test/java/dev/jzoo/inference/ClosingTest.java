package dev.jzoo.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClosingTest {

    private static final Map<String, Tensor> ONE =
            Map.of("a", Tensor.of(new float[4], 1, 4), "b", Tensor.of(new float[4], 1, 4));

    @Test
    void aClosedModelRefusesToRunButStillTellsWhatItIs() throws Exception {
        OnnxModel model = Fixtures.model("add.onnx");
        model.close();
        model.close();
        String message =
                assertThrows(IllegalStateException.class, () -> model.run(ONE)).getMessage();
        assertEquals(model.name() + " is closed; open it again to run it.", message);
        assertEquals(2, model.inputs().size());
        assertEquals("blue", model.metadata().get("colour"));
    }

    /** Measures the call's progress by the thread's processor time, not by the clock, since the machine may be busy. */
    @Test
    void closingWaitsForACallThatHasBegun() throws Exception {
        OnnxModel model = Fixtures.model("loop.onnx");
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            int rounds = 500_000;
            long thread = executor.submit(() -> {
                        total(model, 1);
                        return Thread.currentThread().getId();
                    })
                    .get();
            long before = milliseconds(thread);
            Future<Float> total = executor.submit(() -> total(model, rounds));
            while (milliseconds(thread) < before + 50) {
                Thread.onSpinWait();
            }
            assertFalse(total.isDone(), "the call is over before it could be disturbed");
            model.close();
            long closed = milliseconds(thread);
            assertEquals(rounds, total.get());
            assertTrue(milliseconds(thread) < closed + 50, "the call went on after close()");
        } finally {
            executor.shutdownNow();
        }
    }

    private static float total(OnnxModel model, int rounds) {
        Map<String, Tensor> count = Map.of("count", Tensor.ofLongs(new long[] {rounds}));
        return model.run(count).get("total").floats()[0];
    }

    /** Returns a thread's processor time in milliseconds. */
    private static long milliseconds(long thread) {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread) / 1_000_000;
    }

    @Test
    void manyThreadsGetTheirOwnResultsUntilTheModelIsClosed() throws Exception {
        OnnxModel model = Fixtures.model("add.onnx");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> workers = new ArrayList<>();
            CountDownLatch warm = new CountDownLatch(8);
            for (int t = 0; t < 8; t++) {
                int seed = t;
                workers.add(threads.submit(() -> callUntilClosed(model, seed, warm)));
            }
            warm.await();
            model.close();
            for (Future<Integer> worker : workers) {
                assertTrue(worker.get() >= 50);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int callUntilClosed(OnnxModel model, int seed, CountDownLatch warm) {
        for (int i = 0; ; i++) {
            int n = 1 + (seed + i / 4) % 5; // four calls of each shape, so that memory is also kept
            float[] values = new float[4 * n];
            java.util.Arrays.fill(values, seed * 1000 + i);
            Tensor tensor = Tensor.of(values, n, 4);
            try {
                for (float sum :
                        model.run(Map.of("a", tensor, "b", tensor)).get("sum").floats()) {
                    assertEquals(2f * (seed * 1000 + i), sum);
                }
            } catch (IllegalStateException e) {
                assertTrue(e.getMessage().endsWith("is closed; open it again to run it."));
                return i;
            }
            if (i == 50) {
                warm.countDown();
            }
        }
    }
}
