package dev.jzoo.finetune;

import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.inference.pictures.Framing;
import dev.jzoo.inference.pictures.PictureSize;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Training examples from pictures and their classes, decoded while they are read. An input is the pixel bytes as
 * floats, [height, width, channels]. Memory use does not grow with the number of pictures.
 */
final class PictureViews implements Examples {

    /** The part of a picture that an epoch shows. */
    enum PictureCrop {
        /** The part that the finished classifier sees. */
        FRAMED,
        /** A new random crop in each epoch. */
        CROPPED
    }

    private final List<Item> items;
    private final PictureSize size;
    private final Framing framing;
    private final PictureCrop look;
    private final long seed;

    /**
     * Creates the examples.
     *
     * @param items the pictures; all of them can be read
     * @param seed seed of the crops
     */
    PictureViews(List<Item> items, PictureSize size, Framing framing, PictureCrop look, long seed) {
        this.items = items;
        this.size = size;
        this.framing = framing;
        this.look = look;
        this.seed = seed;
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public long[] inputShape() {
        return new long[] {size.height(), size.width(), size.channels()};
    }

    @Override
    public long[] targetShape() {
        return new long[0];
    }

    /** Returns the same views as one set of examples per picture. */
    List<PictureViews> single() {
        return items.stream()
                .map(item -> new PictureViews(List.of(item), size, framing, look, seed))
                .toList();
    }

    int[] labels() {
        return items.stream().mapToInt(Item::label).toArray();
    }

    @Override
    public void read(int[] indices, int from, int to, int epoch, float[] inputs, float[] targets) {
        IntStream.range(from, to).parallel().forEach(i -> {
            Item item = items.get(indices[i]);
            // a picture that occurs twice in an epoch gets two crops
            int number = look == PictureCrop.CROPPED ? 1 + epoch * items.size() + indices[i] : 0;
            byte[] pixels = pixels(item.file(), new PictureView(number, seed, framing));
            int start = (i - from) * pixels.length;
            for (int k = 0; k < pixels.length; k++) {
                inputs[start + k] = Byte.toUnsignedInt(pixels[k]);
            }
            targets[i - from] = item.label();
        });
    }

    private byte[] pixels(Path file, PictureView view) {
        try {
            return view.pixels(PictureView.read(file), Sha256.of(file), size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
