package dev.jzoo.datasets.catalogue;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;

/**
 * Pictures in the binary layout of CIFAR-10: records of 3,073 bytes, with nothing before or between them.
 *
 * <pre>
 * byte 0      the label, 0 to 9
 * byte 1      1,024 red values, row by row
 * byte 1025   1,024 green values
 * byte 2049   1,024 blue values
 * </pre>
 *
 * <p>Source: A. Krizhevsky, "The CIFAR-10 dataset", section "Binary version".
 */
final class CifarBatch {

    static final int SIDE = 32;
    static final int PLANE = SIDE * SIDE;
    static final int RECORD = 1 + 3 * PLANE;
    static final List<String> LABEL_NAMES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    private final byte[] records;

    private CifarBatch(byte[] records) {
        this.records = records;
    }

    /**
     * Wraps records without copying them.
     *
     * @param source the source of the records, for messages
     * @throws DataFormatException naming the source, the record and the byte
     */
    static CifarBatch of(String source, byte[] records) throws DataFormatException {
        if (records.length == 0) {
            throw new DataFormatException(source, "expected records of " + RECORD + " bytes, found an empty file");
        }
        int whole = records.length / RECORD;
        for (int i = 0; i < whole; i++) {
            int label = Byte.toUnsignedInt(records[i * RECORD]);
            if (label >= LABEL_NAMES.size()) {
                throw new DataFormatException(
                        source,
                        "record " + i + " (byte " + (long) i * RECORD + "): expected a label from 0 to 9, found "
                                + label);
            }
        }
        if (records.length % RECORD != 0) {
            throw new DataFormatException(
                    source,
                    "record " + whole + " (byte " + whole * RECORD + "): expected " + RECORD + " bytes, found "
                            + records.length % RECORD + "; the file ends at byte " + records.length);
        }
        return new CifarBatch(records);
    }

    /**
     * Joins the pictures of all batches. Their digest is that of the batches' bytes, the same as
     * {@code cat first second | sha256sum}.
     *
     * @return uint8 [image, 32, 32, 3]
     */
    static LabelledImages join(List<CifarBatch> batches, String dataset, String part, String note) throws IOException {
        int size = batches.stream().mapToInt(CifarBatch::size).sum();
        byte[] pixels = new byte[Math.multiplyExact(size, 3 * PLANE)];
        int[] labels = new int[size];
        int image = 0;
        for (CifarBatch batch : batches) {
            batch.copyTo(pixels, labels, image);
            image += batch.size();
        }
        Provenance provenance = new Provenance(dataset, part, digest(batches), note);
        return LabelledImages.wrap(pixels, labels, SIDE, SIDE, 3, LABEL_NAMES, provenance);
    }

    private int size() {
        return records.length / RECORD;
    }

    /** Converts planes of one colour each to the three colours of each pixel. */
    private void copyTo(byte[] pixels, int[] labels, int first) {
        for (int i = 0; i < size(); i++) {
            labels[first + i] = records[i * RECORD];
            int red = i * RECORD + 1;
            int to = (first + i) * 3 * PLANE;
            for (int p = 0; p < PLANE; p++) {
                pixels[to + 3 * p] = records[red + p];
                pixels[to + 3 * p + 1] = records[red + PLANE + p];
                pixels[to + 3 * p + 2] = records[red + 2 * PLANE + p];
            }
        }
    }

    private static Sha256 digest(List<CifarBatch> batches) throws IOException {
        List<InputStream> streams = batches.stream()
                .map(batch -> (InputStream) new ByteArrayInputStream(batch.records))
                .toList();
        return Sha256.of(new SequenceInputStream(Collections.enumeration(streams)));
    }
}
