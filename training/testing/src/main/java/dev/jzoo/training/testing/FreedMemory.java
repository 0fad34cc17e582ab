package dev.jzoo.training.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/** Has freed what the garbage collector may free, and writes over it, so that whoever still reads it is found out. */
public final class FreedMemory {

    private static final int SCALARS = 2000;

    private FreedMemory() {}

    /** Scalars of freed direct buffers become NaN, most of them. */
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

    /** What something gives that runs while a thread overwrites again and again. */
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
