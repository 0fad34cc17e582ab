package dev.jzoo.zoo.card;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class DimensionTest {

    private static final int ROUNDS = 300;

    /** An interface with default methods and the record that implements it waited for each other, in the second of such rounds. */
    @Test
    void twoThreadsMayBeTheFirstToUseIt() throws Exception {
        URL classes = Dimension.class.getProtectionDomain().getCodeSource().getLocation();
        for (int round = 0; round < ROUNDS; round++) {
            try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, null)) {
                CyclicBarrier start = new CyclicBarrier(2);
                Thread one = initialises(loader, start, Dimension.class);
                Thread other = initialises(loader, start, Dimension.SymbolicDimension.class);
                one.join(10_000);
                other.join(10_000);
                assertFalse(one.isAlive() || other.isAlive(), "deadlock in round " + round);
            }
        }
    }

    private static Thread initialises(ClassLoader loader, CyclicBarrier start, Class<?> type) {
        Thread thread = new Thread(() -> {
            try {
                start.await();
                Class.forName(type.getName(), true, loader);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
