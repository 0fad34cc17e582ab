package dev.jzoo.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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

    @Test
    void closingWaitsForACallThatHasBegun() throws Exception {
        OnnxModel model = Fixtures.model("loop.onnx");
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            int rounds = 200_000;
            CountDownLatch begun = new CountDownLatch(1);
            Future<Float> total = thread.submit(() -> {
                Map<String, Tensor> count = Map.of("count", Tensor.ofLongs(new long[] {rounds}));
                begun.countDown();
                return model.run(count).get("total").floats()[0];
            });
            begun.await();
            Thread.sleep(30);
            assertFalse(total.isDone(), "the call is over before it could be disturbed");
            model.close();
            // close() came back after the call ended: only its result has to travel
            assertEquals(rounds, total.get(1, TimeUnit.SECONDS));
        } finally {
            thread.shutdownNow();
        }
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
            int n = 1 + (seed + i / 4) % 5; // four calls of a shape, so that memory is kept too
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
