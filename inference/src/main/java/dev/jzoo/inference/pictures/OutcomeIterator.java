package dev.jzoo.inference.pictures;

import dev.jzoo.inference.Classification;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * An iterator that classifies pictures on request, in their order. While the model runs one lot, several threads decode the
 * next ones. How far they read ahead is bounded, so that memory does not depend on the number of pictures. The threads end
 * when no more results are requested.
 */
final class OutcomeIterator implements Iterator<Outcome> {

    /** Number of pictures in one call. More would gain little on a CPU and delay the first result. */
    private static final int LOT = 16;

    private final Iterator<Path> source;
    private final PicturePort port;
    private final Function<List<byte[]>, List<Classification>> classifier;
    private final int lot;
    private final int mostAhead;
    private final ThreadPoolExecutor decoders;
    private final Deque<Decoding> ahead = new ArrayDeque<>();
    private final Queue<Outcome> ready = new ArrayDeque<>();

    /** A picture that is being decoded. */
    private record Decoding(Path picture, Future<DecodingResult> result) {}

    /** The result of decoding a file. */
    private sealed interface DecodingResult {}

    /** Pixels in the model's size. */
    private record ReadablePixels(byte[] pixels) implements DecodingResult {}

    private record Broken(Exception failure) implements DecodingResult {}

    /** @param classifier for the pixels of at most one call's pictures */
    OutcomeIterator(Iterator<Path> source, PicturePort port, Function<List<byte[]>, List<Classification>> classifier) {
        this.source = source;
        this.port = port;
        this.classifier = classifier;
        this.lot = port.batch().fixed() ? port.batch().most() : LOT;
        int threads = Runtime.getRuntime().availableProcessors();
        this.mostAhead = (int) Math.min(Integer.MAX_VALUE, 2L * Math.max(lot, threads));
        this.decoders =
                new ThreadPoolExecutor(threads, threads, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "jzoo-decoder");
                    thread.setDaemon(true);
                    return thread;
                });
        decoders.allowCoreThreadTimeOut(true);
    }

    @Override
    public boolean hasNext() {
        return !ready.isEmpty() || !ahead.isEmpty() || source.hasNext();
    }

    @Override
    public Outcome next() {
        if (ready.isEmpty()) {
            readAhead();
            if (ahead.isEmpty()) {
                throw new NoSuchElementException();
            }
            runLot();
        }
        return ready.remove();
    }

    private void readAhead() {
        while (ahead.size() < mostAhead && source.hasNext()) {
            Path picture = source.next();
            ahead.add(new Decoding(picture, decoders.submit(() -> decode(picture))));
        }
    }

    private DecodingResult decode(Path picture) {
        try {
            return new ReadablePixels(port.pixels(Picture.read(picture)));
        } catch (IOException | JZooException e) {
            return new Broken(e);
        } catch (OutOfMemoryError e) {
            return new Broken(
                    DecoderInput.refused(picture.toString(), "converting it takes more memory than available"));
        }
    }

    private void runLot() {
        List<Path> pictures = new ArrayList<>();
        List<DecodingResult> decoded = new ArrayList<>();
        List<byte[]> readable = new ArrayList<>();
        while (pictures.size() < lot && !ahead.isEmpty()) {
            Decoding next = ahead.remove();
            DecodingResult result = await(next);
            pictures.add(next.picture);
            decoded.add(result);
            if (result instanceof ReadablePixels pixels) {
                readable.add(pixels.pixels);
            }
        }
        Iterator<Classification> results = classifier.apply(readable).iterator();
        for (int i = 0; i < pictures.size(); i++) {
            ready.add(
                    decoded.get(i) instanceof Broken broken
                            ? new Outcome.Unreadable(pictures.get(i), broken.failure)
                            : new Outcome.Classified(pictures.get(i), results.next()));
        }
    }

    private static DecodingResult await(Decoding decoding) {
        try {
            return decoding.result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JZooException(
                    JZooException.Code.FAILED, "Interrupted while decoding " + decoding.picture + ".", "", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("Could not decode " + decoding.picture, e.getCause());
        }
    }

    /** Stops decoding ahead. */
    void stop() {
        decoders.shutdownNow();
    }
}
