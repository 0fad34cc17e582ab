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
 * A way to look at a picture: view 0 is what the finished classifier sees; the others are crops of 35 to 100 % of the area, half of
 * them mirrored, drawn by the seed and by what is in the picture's file.
 *
 * @param number from 0
 * @param seed of the crops
 * @param framing of view 0
 */
record PictureView(int number, long seed, Framing framing) {

    private static final double SMALLEST = 0.35;

    /**
     * Reads a picture. Whatever goes wrong is a fault of this one picture, so that a run with many goes on without it.
     *
     * @throws DataFormatException where it is not there, cannot be decoded, or takes more memory than there is
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

    /** What the row of a picture's view is kept under. */
    Sha256 key(Sha256 picture) {
        String text = picture + (number == 0 ? " framed " + framing.id() : " crop " + number + " of seed " + seed);
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** uint8 [height, width, channels]. */
    byte[] pixels(Picture picture, Sha256 digest, PictureSize size) {
        if (number == 0) {
            return picture.pixels(size, framing);
        }
        RandomCrops crops = new RandomCrops(seed, SMALLEST);
        return picture.pixels(size, crops.view(digest, number, picture.height(), picture.width(), size));
    }
}
