package dev.jzoo.training.examples;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The batches of an epoch in order. A second thread reads each batch while the learner processes the previous one.
 * {@link #close()} ends that thread.
 */
public final class BatchReader implements Iterator<Batch>, AutoCloseable {

    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "jzoo-batches");
        thread.setDaemon(true);
        return thread;
    });
    private final Examples examples;
    private final int[] order;
    private final int batch;
    private final int epoch;
    private int next;
    private Future<Batch> ahead;

    /**
     * Starts to read.
     *
     * @param order order of the examples
     * @param batch number of examples in a batch; the last one may have fewer
     * @param epoch number of the epoch, from 0
     */
    public BatchReader(Examples examples, int[] order, int batch, int epoch) {
        this.examples = examples;
        this.order = order;
        this.batch = batch;
        this.epoch = epoch;
        readAhead();
    }

    private void readAhead() {
        int from = next;
        int to = Math.min(from + batch, order.length);
        next = to;
        ahead = from == to ? null : reader.submit(() -> Batch.read(examples, order, from, to, epoch));
    }

    @Override
    public boolean hasNext() {
        return ahead != null;
    }

    @Override
    public Batch next() {
        if (ahead == null) {
            throw new NoSuchElementException("The epoch is over.");
        }
        try {
            Batch read = ahead.get();
            readAhead();
            return read;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a batch was read.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("A batch could not be read.", e.getCause());
        }
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
