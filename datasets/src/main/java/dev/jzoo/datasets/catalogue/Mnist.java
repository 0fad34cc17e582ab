package dev.jzoo.datasets.catalogue;

import dev.jzoo.datasets.DataSet;
import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * MNIST: grey pictures of handwritten digits, 28 x 28, white on black; 60,000 to train on and 10,000 to test on. LeCun,
 * Bottou, Bengio and Haffner, Gradient-based learning applied to document recognition, 1998.
 */
public final class Mnist {

    /** The name of the data set in its {@link Provenance}. */
    public static final String ID = "mnist";

    private static final int SIZE = 28;
    static final List<String> LABEL_NAMES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    private static final Resource TRAIN_IMAGES = resource(
            "train-images-idx3-ubyte", 47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db");
    private static final Resource TRAIN_LABELS = resource(
            "train-labels-idx1-ubyte", 60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5");
    private static final Resource TEST_IMAGES = resource(
            "t10k-images-idx3-ubyte", 7_840_016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7");
    private static final Resource TEST_LABELS = resource(
            "t10k-labels-idx1-ubyte", 10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

    static final DataSet DATA_SET = new DataSet(
            ID,
            "MNIST, handwritten digits, 28 x 28 grey",
            "CC-BY-SA-3.0", // according to the documentation of tf.keras.datasets.mnist
            "Y. LeCun, C. Cortes and C. Burges, The MNIST database of handwritten digits, 1998",
            List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS),
            (store, progress) -> List.of(
                    DataSet.DataSetPart.of(train(store, progress)), DataSet.DataSetPart.of(test(store, progress))));

    private Mnist() {}

    /**
     * Returns the 60,000 images to train on. Fetches them if the store does not have them.
     *
     * @return uint8 [60000, 28, 28, 1], 0 black to 255 white, labels 0 to 9
     */
    public static LabelledImages train(Store store, ProgressListener progress) throws IOException {
        return part("train", store.fetch(TRAIN_IMAGES, progress), store.fetch(TRAIN_LABELS, progress));
    }

    /**
     * Returns the 10,000 images to test on. Fetches them if the store does not have them.
     *
     * @return uint8 [10000, 28, 28, 1], 0 black to 255 white, labels 0 to 9
     */
    public static LabelledImages test(Store store, ProgressListener progress) throws IOException {
        return part("test", store.fetch(TEST_IMAGES, progress), store.fetch(TEST_LABELS, progress));
    }

    /**
     * Reads files in the layout of MNIST with any content. Does not check their digests, and the provenance does not name MNIST.
     *
     * @param images IDX file [n, 28, 28], decompressed
     * @param labels IDX file [n] of values 0 to 9, decompressed
     * @throws DataFormatException naming the file and the byte
     */
    public static LabelledImages read(Path images, Path labels) throws IOException {
        return read(
                images,
                labels,
                new Provenance(
                        "mnist-like",
                        images.getFileName().toString(),
                        Provenance.digest(images, labels),
                        "Files of the user, laid out as MNIST; the digest is of the images, then the labels."));
    }

    private static LabelledImages part(String part, Path images, Path labels) throws IOException {
        return read(
                images,
                labels,
                new Provenance(
                        ID,
                        part,
                        Provenance.digest(images, labels),
                        "The digest is of the images, then the labels, decompressed."));
    }

    private static LabelledImages read(Path imageFile, Path labelFile, Provenance provenance) throws IOException {
        IdxFile images = IdxFile.read(imageFile);
        List<Integer> shape = images.shape();
        if (shape.size() != 3) {
            throw new DataFormatException(imageFile, "byte 3: expected 3 dimensions (images), found " + shape.size());
        }
        if (!shape.subList(1, 3).equals(List.of(SIZE, SIZE))) {
            throw new DataFormatException(
                    imageFile, "byte 8: expected images of 28 x 28, found " + shape.get(1) + " x " + shape.get(2));
        }
        IdxFile labels = IdxFile.read(labelFile);
        if (labels.shape().size() != 1) {
            throw new DataFormatException(
                    labelFile,
                    "byte 3: expected 1 dimension (labels), found "
                            + labels.shape().size());
        }
        if (!labels.shape().get(0).equals(shape.get(0))) {
            throw new DataFormatException(
                    labelFile,
                    "byte 4: expected " + shape.get(0) + " labels, one for each image of " + imageFile + ", found "
                            + labels.shape().get(0));
        }
        return LabelledImages.wrap(images.values(), digits(labels), SIZE, SIZE, 1, LABEL_NAMES, provenance);
    }

    private static int[] digits(IdxFile labels) throws DataFormatException {
        int[] digits = new int[labels.values().length];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = Byte.toUnsignedInt(labels.values()[i]);
            if (digits[i] > 9) {
                throw new DataFormatException(
                        labels.file(),
                        "byte " + (labels.headerBytes() + i) + ": expected a label from 0 to 9, found " + digits[i]);
            }
        }
        return digits;
    }

    private static Resource resource(String file, long bytes, String sha256) {
        String path = ID + "/" + file + ".gz";
        return new Resource(
                path,
                List.of(
                        URI.create("https://ossci-datasets.s3.amazonaws.com/" + path),
                        URI.create("https://storage.googleapis.com/cvdf-datasets/" + path)),
                Encoding.GZIP,
                bytes,
                new Sha256(sha256));
    }
}
