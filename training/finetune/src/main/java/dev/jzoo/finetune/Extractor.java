package dev.jzoo.finetune;

import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.finetune.base.Backbone;
import dev.jzoo.finetune.head.FeatureRows;
import dev.jzoo.finetune.head.Features;
import dev.jzoo.inference.pictures.Framing;
import dev.jzoo.inference.pictures.Picture;
import dev.jzoo.inference.pictures.PictureSize;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * An extractor of feature rows from pictures. It takes a row from the cache if it was computed before; otherwise it
 * runs the model in ONNX Runtime, on all processors. Memory use does not grow with the number of pictures, because each
 * row is written to disk at once. The model is opened when it is first needed. {@link #close()} closes it.
 */
final class Extractor implements AutoCloseable {

    /** A source of the model, asked only when a row has to be computed. */
    interface FeatureModel {
        OnnxFile file() throws IOException;
    }

    /**
     * The result of an extraction.
     *
     * @param rows the features; view v of item i is row v * items + i
     * @param items the pictures that could be read, in their order
     * @param faults one message per unreadable picture, naming its file
     */
    record Extracted(Features rows, List<Item> items, List<String> faults) {

        int[] labels() {
            return items.stream().mapToInt(Item::label).toArray();
        }

        FeatureRows examples() {
            return new FeatureRows(rows, labels());
        }
    }

    private final FeatureCache cache;
    private final FeatureModel source;
    private final String name;
    private final PictureSize size;
    private final Framing framing;
    private Backbone backbone;

    private Extractor(FeatureCache cache, FeatureModel source, String name, PictureSize size, Framing framing) {
        this.cache = cache;
        this.source = source;
        this.name = name;
        this.size = size;
        this.framing = framing;
    }

    /**
     * Opens an extractor.
     *
     * @param folder the folder of the cache
     * @param what text that identifies this file and the way it was assembled
     * @param dimension number of values in a row
     * @param name the file's name in messages
     */
    static Extractor open(
            Path folder,
            String what,
            int dimension,
            FeatureModel source,
            String name,
            PictureSize size,
            Framing framing)
            throws IOException {
        Sha256 digest = Sha256.of((what + " " + size).getBytes(StandardCharsets.UTF_8));
        FeatureCache cache = FeatureCache.open(folder.resolve(digest + ".rows"), dimension);
        return new Extractor(cache, source, name, size, framing);
    }

    /**
     * Extracts the rows of pictures. Unreadable pictures are left out.
     *
     * @param views number of views of each picture, 1 or more
     * @param seed seed of all views but the first
     */
    Extracted extract(List<Item> items, int views, long seed, TransferListener listener) throws IOException {
        long[][] places = new long[items.size()][];
        String[] faults = new String[items.size()];
        AtomicLong done = new AtomicLong();
        listener.progress(0, items.size());
        try {
            IntStream.range(0, items.size()).parallel().forEach(i -> {
                try {
                    places[i] = places(items.get(i).file(), views, seed);
                } catch (DataFormatException e) {
                    faults[i] = e.getMessage();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                listener.progress(done.incrementAndGet(), items.size());
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        int[] readable =
                IntStream.range(0, places.length).filter(i -> places[i] != null).toArray();
        long[] rows = new long[readable.length * views];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = places[readable[row % readable.length]][row / readable.length];
        }
        return new Extracted(
                cache.features(rows),
                IntStream.of(readable).mapToObj(items::get).toList(),
                Arrays.stream(faults).filter(fault -> fault != null).toList());
    }

    private long[] places(Path file, int views, long seed) throws IOException {
        Sha256 digest = digest(file);
        long[] places = new long[views];
        Picture picture = null;
        for (int number = 0; number < views; number++) {
            PictureView view = new PictureView(number, seed, framing);
            Sha256 key = view.key(digest);
            places[number] = cache.find(key);
            if (places[number] < 0) {
                picture = picture == null ? PictureView.read(file) : picture;
                places[number] = cache.add(key, backbone().row(view.pixels(picture, digest, size)));
            }
        }
        return places;
    }

    private static Sha256 digest(Path file) throws DataFormatException {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new DataFormatException(
                    file, "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private synchronized Backbone backbone() throws IOException {
        if (backbone == null) {
            backbone = Backbone.open(source.file(), name, size);
        }
        return backbone;
    }

    @Override
    public synchronized void close() throws IOException {
        if (backbone != null) {
            backbone.close();
        }
        cache.close();
    }
}
