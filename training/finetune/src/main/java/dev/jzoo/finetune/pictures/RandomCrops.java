package dev.jzoo.finetune.pictures;

import dev.jzoo.datasets.Shuffler;
import dev.jzoo.inference.pictures.Crop;
import dev.jzoo.inference.pictures.PictureSize;
import dev.jzoo.zoo.file.Sha256;
import java.util.Random;

/**
 * Random views of a picture for training: a crop with a random share of its area, at a random place, with the network's
 * aspect ratio or up to a third wider or taller, mirrored with probability 1/2. Equivalent to torchvision's
 * RandomResizedCrop and RandomHorizontalFlip; see Szegedy et al., Going deeper with convolutions, 2014, section 6.
 *
 * <p>A view is a function of the seed, the file's content and the view's number only. So results can be cached under
 * these, and do not change when other pictures are added or removed.
 *
 * @param seed seed of the run
 * @param smallestShare smallest share of the picture's area in a crop, above 0 and at most 1; 0.08 is usual for
 *     training from scratch
 */
public record RandomCrops(long seed, double smallestShare) {

    private static final int TRIES = 10;
    private static final double WIDEST = 4 / 3.0;

    public RandomCrops {
        if (!(smallestShare > 0 && smallestShare <= 1)) {
            throw new IllegalArgumentException(
                    "The smallest share of a crop must be above 0 and at most 1, not " + smallestShare + ".");
        }
    }

    /**
     * Returns a view.
     *
     * @param content digest of the picture's file
     * @param view number of the view, from 0
     * @param height rows of the upright picture
     * @param width columns of the upright picture
     * @param size size to which the crop will be scaled
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

    /** Returns the largest centred crop within the allowed aspect ratios, for very long or thin pictures. */
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
