package dev.jzoo.training.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A test tool that lets the garbage collector free memory and then overwrites it, which exposes code that still reads
 * it.
 */
public final class FreedMemory {

    private static final int SCALARS = 2000;

    private FreedMemory() {}

    /** Overwrites freed memory: most scalars of freed direct buffers become NaN. */
    public static void overwrite() throws InterruptedException {
        System.gc();
        Thread.sleep(20); // another thread frees direct buffers
        ByteBuffer[] taken = new ByteBuffer[SCALARS];
        for (int i = 0; i < SCALARS; i++) {
            taken[i] = ByteBuffer.allocateDirect(Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putFloat(0, Float.NaN);
        }
    }

    /** Returns the result of a call while a thread overwrites freed memory repeatedly. */
    public static <T> T overwrittenDuring(Callable<T> something) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Thread thread = new Thread(() -> {
            try {
                while (!done.get()) {
                    overwrite();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        try {
            return something.call();
        } finally {
            done.set(true);
            thread.join();
        }
    }
}
