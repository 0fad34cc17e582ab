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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * CIFAR-10: colour pictures of animals and vehicles, 32 x 32, in 10 classes; 50,000 to train on and 10,000 to test on.
 * Krizhevsky, Nair and Hinton, Learning Multiple Layers of Features from Tiny Images, 2009. There are two
 * {@linkplain Cifar10Edition editions}; the {@link Provenance} of the pictures names theirs.
 */
public final class Cifar10 {

    /** The names of the classes, in the order of the labels. */
    public static final List<String> LABEL_NAMES = CifarBatch.LABEL_NAMES;

    private static final Resource FIRST_1017 = new Resource(
            "cifar10/test-original-1017.bin",
            List.of(),
            Encoding.IDENTITY,
            3_125_241,
            new Sha256("c77ad46116beb3508f55d38aa34893560beae9515f9aca4a4dd0ea3617ac289e"));

    static final DataSet FIRST_1017_DATA_SET = new DataSet(
            "cifar10-first-1017",
            "CIFAR-10, the first 1,017 test pictures, original pixels",
            "NOASSERTION",
            "github.com/zhi-fangZhang/idpl_gen (commit 0626f9d0), the beginning of test_batch",
            List.of(FIRST_1017),
            (store, progress) -> List.of(DataSet.DataSetPart.of(originalTest(store, progress))));

    private Cifar10() {}

    /** Returns {@link Cifar10Edition#train} of the {@linkplain Cifar10Edition#available available} edition. */
    public static LabelledImages train(Store store, ProgressListener progress) throws IOException {
        return Cifar10Edition.available(store, progress).train(store, progress);
    }

    /** Returns {@link Cifar10Edition#test} of the {@linkplain Cifar10Edition#available available} edition. */
    public static LabelledImages test(Store store, ProgressListener progress) throws IOException {
        return Cifar10Edition.available(store, progress).test(store, progress);
    }

    /**
     * Returns the first 1,017 test pictures with their original pixels. They measure a model of the JPEG edition on pictures that
     * were never compressed. Only a mirror can serve them.
     *
     * @return uint8 [1017, 32, 32, 3], red, green and blue, 0 to 255, labels 0 to 9
     */
    public static LabelledImages originalTest(Store store, ProgressListener progress) throws IOException {
        Path file = store.fetch(FIRST_1017, progress);
        return CifarBatch.join(
                List.of(CifarBatch.of(file.toString(), Files.readAllBytes(file))),
                FIRST_1017_DATA_SET.id(),
                "original-test",
                "The first 1,017 pictures of the original test_batch.bin; the digest is of their records.");
    }

    /**
     * Reads files in the binary layout of CIFAR-10 with any content. Does not check their digests, and the provenance does not
     * name CIFAR-10.
     *
     * @param batches files of records of 3,073 bytes (label, red, green and blue plane), at least one
     * @return uint8 [image, 32, 32, 3]
     * @throws DataFormatException naming the file, the record and the byte
     */
    public static LabelledImages read(List<Path> batches) throws IOException {
        if (batches.isEmpty()) {
            throw new IllegalArgumentException("At least one file of pictures is needed, but there are none.");
        }
        List<CifarBatch> read = new ArrayList<>();
        for (Path batch : batches) {
            read.add(CifarBatch.of(batch.toString(), Files.readAllBytes(batch)));
        }
        return CifarBatch.join(
                read,
                "cifar10-like",
                batches.get(0).getFileName().toString(),
                "Files of the user, laid out as CIFAR-10; the digest is of the files, one after another.");
    }
}
