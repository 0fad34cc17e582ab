package dev.jzoo.finetune.pictures;

import dev.jzoo.datasets.Shuffler;
import dev.jzoo.inference.pictures.Crop;
import dev.jzoo.inference.pictures.PictureSize;
import dev.jzoo.zoo.file.Sha256;
import java.util.Random;

/**
 * Random views of a picture for training: a crop of a random share of its area, at a random place, of the ratio that
 * the network takes or up to a third wider or taller, mirrored once in two times. As torchvision's RandomResizedCrop
 * and RandomHorizontalFlip; Szegedy et al., Going deeper with convolutions, 2014, section 6.
 *
 * <p>A view is a function of the seed, the file's content and the view's number, whoever asks, in whatever order: so
 * what was computed of it can be kept under these, and does not change when other pictures come or go.
 *
 * @param seed of the run
 * @param smallestShare of the picture's area that a crop has, above 0 and at most 1; 0.08 where a network is trained
 *     from scratch
 */
public record RandomCrops(long seed, double smallestShare) {

    private static final int TRIES = 10;
    private static final double WIDEST = 4 / 3.0;

    public RandomCrops {
        if (!(smallestShare > 0 && smallestShare <= 1)) {
            throw new IllegalArgumentException(
                    "A crop has a share of its picture above 0 and at most 1, not " + smallestShare + ".");
        }
    }

    /**
     * A view.
     *
     * @param content digest of the picture's file
     * @param view its number, from 0
     * @param height rows of the picture, upright
     * @param width columns of the picture
     * @param size that the crop will be brought to
     */
    public Crop view(Sha256 content, int view, int height, int width, PictureSize size) {
        Random random = new Random(
                Shuffler.streamSeed(seed ^ Long.parseUnsignedLong(content.hex().substring(0, 16), 16), view));
        Crop.Facing facing = random.nextBoolean() ? Crop.Facing.MIRRORED : Crop.Facing.AS_IT_IS;
        double wanted = (double) size.width() / size.height();
        for (int i = 0; i < TRIES; i++) {
            double area = (double) height * width * uniform(random, smallestShare, 1);
            double ratio = wanted * Math.exp(uniform(random, -Math.log(WIDEST), Math.log(WIDEST)));
            long w = Math.round(Math.sqrt(area * ratio));
            long h = Math.round(Math.sqrt(area / ratio));
            if (w >= 1 && h >= 1 && w <= width && h <= height) {
                int top = random.nextInt(height - (int) h + 1);
                int left = random.nextInt(width - (int) w + 1);
                return new Crop(top, left, (int) h, (int) w, facing);
            }
        }
        return centre(height, width, wanted, facing);
    }

    /** The largest centred crop that is no wider and no taller than those that are drawn: for pictures like a line. */
    private static Crop centre(int height, int width, double wanted, Crop.Facing facing) {
        double ratio = (double) width / height;
        int w = ratio > wanted * WIDEST ? (int) Math.max(1, Math.round(height * wanted * WIDEST)) : width;
        int h = ratio < wanted / WIDEST ? (int) Math.max(1, Math.round(width / wanted * WIDEST)) : height;
        return new Crop((height - h) / 2, (width - w) / 2, h, w, facing);
    }

    private static double uniform(Random random, double from, double to) {
        return from + (to - from) * random.nextDouble();
    }
}
