package dev.jzoo.recipes.pictures;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.datasets.catalogue.Cifar10;
import dev.jzoo.datasets.catalogue.Cifar10Edition;
import dev.jzoo.datasets.preparation.ChannelStatistics;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A classifier of CIFAR-10's pictures. The last 10,000 of the 50,000 pictures for training are kept for validation, as
 * in the course.
 */
abstract class Cifar10Classifier extends PictureClassifier {

    static final int TRAIN = 40_000;

    static final String SUMMARY =
            "Takes colour pictures of 32 x 32 pixels as unsigned bytes [batch, 32, 32, 3], red, green"
                    + " and blue, and gives the probability of each of ten classes, [batch, 10]. Standardising the pixels is in the"
                    + " graph.";

    static final String JPEG =
            "Where its data are the JPEG edition of CIFAR-10, as the data's names say, accuracy is that on"
                    + " pictures which were compressed, and cannot be compared with figures for the original ones; original-test is"
                    + " measured on the first 1,017 test pictures with their original pixels.";

    static final String HALF =
            "Its weights were rounded to half precision after the training; it computes in single precision.";

    static final String SMALL = "Knows ten classes only, and calls anything else by one of their names.";

    @Override
    final RecipePictures pictures(Store store, ProgressListener listener) throws IOException {
        return pictures(Cifar10Edition.available(store, listener), store, listener);
    }

    /** Returns the pictures of the edition that the model was trained on. */
    @Override
    final RecipePictures pictures(ModelCard card, Store store, ProgressListener listener) throws IOException {
        String dataSet = card.data().get(0).name().split(" ")[0];
        return pictures(Cifar10Edition.of(dataSet), store, listener);
    }

    private static RecipePictures pictures(Cifar10Edition edition, Store store, ProgressListener listener)
            throws IOException {
        LabelledImages all = edition.train(store, listener);
        SortedMap<String, LabelledImages> measured = new TreeMap<>(Map.of("test", edition.test(store, listener)));
        measured.put("validation", all.range(TRAIN, all.size()));
        try {
            measured.put("original-test", Cifar10.originalTest(store, listener));
        } catch (JZooException e) {
            // They are measured only if a mirror has them.
            if (e.code() != JZooException.Code.NETWORK && e.code() != JZooException.Code.NOT_FOUND) {
                throw e;
            }
        }
        return new RecipePictures(all.range(0, TRAIN), measured);
    }

    @Override
    final ChannelStatistics statistics(LabelledImages train) {
        return ChannelStatistics.of(train);
    }

    /** Measures 10,000 pictures, in a tenth of an epoch's time; their accuracy has a standard error of 0.7 points. */
    @Override
    final int watched() {
        return 4_000;
    }

    /** Draws discs on gradients, by a formula. */
    @Override
    final LabelledImages testVectors() {
        int side = 32;
        int count = 3;
        byte[] pixels = new byte[count * side * side * 3];
        for (int i = 0; i < pixels.length; i++) {
            int channel = i % 3;
            int x = i / 3 % side;
            int y = i / 3 / side % side;
            int picture = i / 3 / side / side;
            boolean inside = (x - 16) * (x - 16) + (y - 12 - 4 * picture) * (y - 12 - 4 * picture) < 64;
            pixels[i] = (byte) (inside ? 80 * channel + 40 * picture : 4 * x + 3 * y + 30 * channel);
        }
        Provenance drawn =
                new Provenance("gradients", "test vectors", dev.jzoo.zoo.file.Sha256.of(pixels), "Drawn by formula.");
        return LabelledImages.wrap(pixels, new int[count], side, side, 3, List.of("drawn"), drawn);
    }
}
