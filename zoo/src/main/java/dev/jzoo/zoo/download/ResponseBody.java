package dev.jzoo.zoo.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response, as a stream whose reader can be interrupted. The stream of Java 17's own client ignores an interrupt
 * while it waits for bytes, so a download would only end with its connection.
 *
 * <p>One thread reads. Any thread may close the stream, which ends a waiting read.
 */
final class ResponseBody extends InputStream implements BodySubscriber<InputStream> {

    /** The marker for the end of the body. */
    private static final List<ByteBuffer> END = List.of();

    /** The queue of received lists. It holds at most one list and an end, because the next list is requested after one was taken. */
    private final BlockingQueue<List<ByteBuffer>> arrived = new LinkedBlockingQueue<>();

    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;
    private Iterator<ByteBuffer> taken = END.iterator();
    private ByteBuffer current = ByteBuffer.allocate(0);
    private boolean ended;

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Subscription given) {
        if (!subscription.complete(given)) {
            given.cancel();
        } else if (closed) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        if (!bytes.isEmpty()) {
            arrived.add(bytes);
        } else {
            subscription.join().request(1);
        }
    }

    @Override
    public void onError(Throwable cause) {
        failure = cause;
        arrived.add(END);
    }

    @Override
    public void onComplete() {
        arrived.add(END);
    }

    @Override
    public int read() throws IOException {
        return hasBytes() ? current.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!hasBytes()) {
            return -1;
        }
        int count = Math.min(length, current.remaining());
        current.get(target, offset, count);
        return count;
    }

    @Override
    public int available() {
        return closed ? 0 : current.remaining();
    }

    /** Waits for bytes. Returns false at the end of the body. */
    private boolean hasBytes() throws IOException {
        while (!current.hasRemaining()) {
            requireOpen();
            if (taken.hasNext()) {
                current = taken.next();
            } else if (ended || next() == END) {
                ended = true;
                requireOpen();
                if (failure != null) {
                    throw new IOException(failure);
                }
                return false;
            }
        }
        requireOpen();
        return true;
    }

    private List<ByteBuffer> next() throws IOException {
        try {
            List<ByteBuffer> bytes = arrived.take();
            taken = bytes.iterator();
            if (bytes != END) {
                subscription.join().request(1);
            }
            return bytes;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for the server");
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
    }

    @Override
    public void close() {
        closed = true;
        CompletableFuture<Void> unused = subscription.thenAccept(Subscription::cancel);
        arrived.add(END);
    }
}
