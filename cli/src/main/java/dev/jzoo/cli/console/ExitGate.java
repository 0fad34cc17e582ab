package dev.jzoo.cli.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A gate that stops a working thread between two steps once the process is ending. Native code that still computes while the
 * process unloads its libraries crashes it: PyTorch's backward pass does so after Ctrl-C.
 */
public final class ExitGate implements AutoCloseable {

    /** Longest time that the ending process waits for a step. */
    private static final long STEP_SECONDS = 5;

    private final Thread hook = new Thread(this::shut, "jzoo-exit-gate");
    private final CountDownLatch held = new CountDownLatch(1);
    private volatile boolean used;
    private volatile boolean shut;

    private ExitGate() {}

    /** Opens a gate for work that has many steps. Close it when the work is done. */
    public static ExitGate open() {
        ExitGate gate = new ExitGate();
        Runtime.getRuntime().addShutdownHook(gate.hook);
        return gate;
    }

    /** Lets the working thread pass between two steps. Does not return once the process is ending. */
    void pass() {
        used = true;
        if (shut) {
            held.countDown();
            while (true) {
                LockSupport.park(this);
            }
        }
    }

    private void shut() {
        shut = true;
        try {
            if (used) {
                held.await(STEP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        held.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is already ending
        }
    }
}
