package dev.jzoo.training.transfer;

import dev.jzoo.inference.Crop;
import dev.jzoo.inference.Framing;
import dev.jzoo.inference.Picture;
import dev.jzoo.inference.PictureSize;
import dev.jzoo.zoo.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * A way to look at a picture: view 0 is what the finished classifier sees; the others are crops of 35 to 100 % of the area, 3:4 to
 * 4:3, half of them mirrored, drawn by the seed and by what is in the picture's file.
 *
 * @param number from 0
 * @param seed of the crops
 * @param framing of view 0
 */
record View(int number, long seed, Framing framing) {

    private static final double SMALLEST = 0.35;
    private static final double NARROWEST = 3 / 4.0;
    private static final int TRIES = 10;

    /** What the row of a picture's view is kept under. */
    Sha256 key(Sha256 picture) {
        String text = picture + (number == 0 ? " framed " + framing.id() : " crop " + number + " of seed " + seed);
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** uint8 [height, width, channels]. */
    byte[] pixels(Picture picture, Sha256 digest, PictureSize size) {
        return number == 0 ? picture.pixels(size, framing) : picture.pixels(size, crop(picture, digest));
    }

    private Crop crop(Picture picture, Sha256 digest) {
        Random random = new Random(Long.parseUnsignedLong(key(digest).hex().substring(0, 16), 16));
        Crop.Facing facing = random.nextBoolean() ? Crop.Facing.MIRRORED : Crop.Facing.AS_IT_IS;
        double log = Math.log(NARROWEST);
        for (int i = 0; i < TRIES; i++) {
            double area =
                    (double) picture.height() * picture.width() * (SMALLEST + (1 - SMALLEST) * random.nextDouble());
            double ratio = Math.exp(log * (2 * random.nextDouble() - 1));
            int width = (int) Math.round(Math.sqrt(area * ratio));
            int height = (int) Math.round(Math.sqrt(area / ratio));
            if (width >= 1 && height >= 1 && width <= picture.width() && height <= picture.height()) {
                int top = random.nextInt(picture.height() - height + 1);
                int left = random.nextInt(picture.width() - width + 1);
                return new Crop(top, left, height, width, facing);
            }
        }
        // so long or so high that none fits: its middle
        int side = Math.min(picture.height(), picture.width());
        return new Crop((picture.height() - side) / 2, (picture.width() - side) / 2, side, side, facing);
    }
}
