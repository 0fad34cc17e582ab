package dev.jzoo.training;

/**
 * A network with the weights that a {@link Learner} saved. Holds native memory until it is closed.
 *
 * @param network the engine's own network, for export
 * @param release frees its memory
 */
public record SavedNetwork(Object network, Runnable release) implements AutoCloseable {

    @Override
    public void close() {
        release.run();
    }
}
