package dev.jzoo.finetune;

import dev.jzoo.finetune.pictures.RandomCrops;
import dev.jzoo.inference.pictures.Framing;
import dev.jzoo.inference.pictures.Picture;
import dev.jzoo.inference.pictures.PictureSize;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A view of a picture: view 0 is what the finished classifier sees. The others are crops of 35 to 100 % of the area,
 * half of them mirrored, determined by the seed and the content of the picture's file.
 *
 * @param number the view's number, from 0
 * @param seed seed of the crops
 * @param framing the framing of view 0
 */
record PictureView(int number, long seed, Framing framing) {

    private static final double SMALLEST = 0.35;

    /**
     * Reads a picture. Any failure concerns this picture only, so a run over many pictures continues.
     *
     * @throws DataFormatException if the file does not exist, cannot be decoded, or needs more memory than there is
     */
    static Picture read(Path file) throws DataFormatException {
        try {
            return Picture.read(file);
        } catch (DataFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new DataFormatException(
                    file, "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /** Returns the cache key of this view of a picture. */
    Sha256 key(Sha256 picture) {
        String text = picture + (number == 0 ? " framed " + framing.id() : " crop " + number + " of seed " + seed);
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the pixels, uint8 [height, width, channels]. */
    byte[] pixels(Picture picture, Sha256 digest, PictureSize size) {
        if (number == 0) {
            return picture.pixels(size, framing);
        }
        RandomCrops crops = new RandomCrops(seed, SMALLEST);
        return picture.pixels(size, crops.view(digest, number, picture.height(), picture.width(), size));
    }
}
