package dev.jzoo.finetune;

import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.inference.pictures.Framing;
import dev.jzoo.inference.pictures.Picture;
import dev.jzoo.inference.pictures.PictureSize;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * A sample of pictures as sharp as the training pictures of a network. An enlarged picture has no fine detail, so its
 * statistics are not those of photographs. Small pictures are therefore tiled in their own size.
 *
 * @param size picture size of the network
 * @param framing the part of a large picture that the network sees
 */
record PixelSamples(PictureSize size, Framing framing) {

    /** Number of large pictures to compare. */
    private static final int LARGE = 24;

    /** Number of mosaics of small pictures, with dozens in each. */
    private static final int MOSAICS = 6;

    /** Number of small pictures to read. */
    private static final int SMALL = 256;

    private static final int LEAST_SIDE = 8;

    /**
     * Reads pictures. Skips unreadable ones without a message, because the extraction of features reports them.
     *
     * @return one array per picture or mosaic, uint8 [height, width, channels]
     */
    List<byte[]> of(List<Item> items) throws IOException {
        List<Integer> sides = new ArrayList<>();
        List<byte[]> framed = read(items, LARGE, picture -> {
            sides.add(Math.min(picture.height(), picture.width()));
            return picture.pixels(size, framing);
        });
        if (sides.isEmpty()) {
            return List.of();
        }
        Collections.sort(sides);
        int usual = Math.max(LEAST_SIDE, sides.get(sides.size() / 2));
        if (usual > Math.min(size.height(), size.width()) / 2) {
            return framed;
        }
        PictureSize tile = new PictureSize(usual, usual, size.channels());
        return mosaics(read(items, SMALL, picture -> picture.pixels(tile, Framing.CENTRED)), usual);
    }

    private static List<byte[]> read(List<Item> items, int most, Function<Picture, byte[]> pixels) throws IOException {
        List<byte[]> read = new ArrayList<>();
        for (Item item : items) {
            if (read.size() < most) {
                try {
                    read.add(pixels.apply(PictureView.read(item.file())));
                } catch (DataFormatException e) {
                    // a sample more or less does not matter
                }
            }
        }
        return read;
    }

    private List<byte[]> mosaics(List<byte[]> tiles, int side) {
        int row = size.width() * size.channels();
        int next = 0;
        List<byte[]> mosaics = new ArrayList<>();
        for (int i = 0; i < MOSAICS; i++) {
            byte[] mosaic = new byte[size.bytes()];
            for (int top = 0; top < size.height(); top += side) {
                for (int left = 0; left < size.width(); left += side) {
                    byte[] pixels = tiles.get(next++ % tiles.size());
                    int width = Math.min(side, size.width() - left) * size.channels();
                    for (int y = 0; y < Math.min(side, size.height() - top); y++) {
                        System.arraycopy(
                                pixels,
                                y * side * size.channels(),
                                mosaic,
                                (top + y) * row + left * size.channels(),
                                width);
                    }
                }
            }
            mosaics.add(mosaic);
        }
        return mosaics;
    }
}
