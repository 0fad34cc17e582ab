package dev.jzoo.datasets.catalogue;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Batches of CIFAR-10 with each picture compressed as JPEG. The zip has an entry NAME.jpgs for each batch, which is NAME.bin in
 * the binary layout. An entry has, for each picture in the batch's order,
 *
 * <pre>
 * byte 0   the label, 0 to 9
 * byte 1   n, the length of the JPEG file, 16 bits, big-endian
 * byte 3   the JPEG file, n bytes
 * </pre>
 */
final class CifarJpegs {

    private static final int PICTURES_AT_A_TIME = 500;

    private CifarJpegs() {}

    /**
     * Decodes batches on all processors.
     *
     * @param expected names of batches ("test_batch.bin") with the digests of their binary layout
     * @return the batches in the binary layout, in the order of the names
     * @throws DataFormatException naming the entry, the picture and the byte
     * @throws JZooException with code INTEGRITY if this Java platform decodes other pixels
     */
    static Map<String, byte[]> read(Path zip, Map<String, Sha256> expected) throws IOException {
        Map<String, byte[]> batches = new LinkedHashMap<>();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (Map.Entry<String, Sha256> batch : expected.entrySet()) {
                String name = batch.getKey().replaceFirst("\\.bin$", ".jpgs");
                byte[] records = decode(zip + "!" + name, entry(zip, file, name));
                requireDigest(batch.getKey(), records, batch.getValue());
                batches.put(batch.getKey(), records);
            }
        }
        return batches;
    }

    private static byte[] entry(Path zip, ZipFile file, String name) throws IOException {
        ZipEntry entry = file.getEntry(name);
        if (entry == null) {
            throw new DataFormatException(zip, "expected an entry " + name + ", found none");
        }
        try (InputStream in = file.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static void requireDigest(String batch, byte[] records, Sha256 expected) {
        Sha256 found = Sha256.of(records);
        if (!found.equals(expected)) {
            throw new JZooException(
                    JZooException.Code.INTEGRITY,
                    "Cannot use the pictures of " + batch + ": they were decoded to bytes with the SHA-256 " + found
                            + ", expected " + expected + ".",
                    "The JPEG decoder of this Java platform, or a plug-in for ImageIO on the class path, computes other"
                            + " pixels than OpenJDK's. Use OpenJDK without such plug-ins.");
        }
    }

    private static byte[] decode(String source, byte[] entry) throws IOException {
        int[] starts = starts(source, entry);
        byte[] records = new byte[Math.multiplyExact(starts.length, CifarBatch.RECORD)];
        int tasks = (starts.length + PICTURES_AT_A_TIME - 1) / PICTURES_AT_A_TIME;
        try {
            IntStream.range(0, tasks).parallel().forEach(task -> {
                int from = task * PICTURES_AT_A_TIME;
                decode(source, entry, starts, from, Math.min(starts.length, from + PICTURES_AT_A_TIME), records);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return records;
    }

    /** Returns the index of each picture's first byte. */
    private static int[] starts(String source, byte[] entry) throws DataFormatException {
        List<Integer> starts = new ArrayList<>();
        int at = 0;
        while (at < entry.length) {
            int end = at + 3 > entry.length ? Integer.MAX_VALUE : at + 3 + length(entry, at);
            if (end > entry.length) {
                throw new DataFormatException(
                        source,
                        "picture " + starts.size() + " (byte " + at + "): expected a label, a length and a JPEG file,"
                                + " found the end after " + (entry.length - at) + " bytes");
            }
            starts.add(at);
            at = end;
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int length(byte[] entry, int start) {
        return Byte.toUnsignedInt(entry[start + 1]) << 8 | Byte.toUnsignedInt(entry[start + 2]);
    }

    private static void decode(String source, byte[] entry, int[] starts, int from, int to, byte[] records) {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try {
            for (int i = from; i < to; i++) {
                int at = i * CifarBatch.RECORD;
                records[at] = entry[starts[i]];
                try {
                    decode(reader, entry, starts[i] + 3, length(entry, starts[i]), records, at + 1);
                } catch (IOException | RuntimeException e) {
                    // a damaged file can make the decoder throw almost any exception
                    throw new UncheckedIOException(new DataFormatException(
                            source,
                            "picture " + i + " (byte " + starts[i] + "): expected a JPEG file of 32 x 32 pixels, found"
                                    + " bytes that cannot be decoded: " + e.getMessage()));
                }
            }
        } finally {
            reader.dispose();
        }
    }

    private static void decode(ImageReader reader, byte[] entry, int from, int length, byte[] records, int at)
            throws IOException {
        int side = CifarBatch.SIDE;
        BufferedImage image;
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(entry, from, length))) {
            reader.setInput(in, true, true);
            // checked before any pixel is decoded, because a small file can declare billions of them
            if (reader.getWidth(0) != side || reader.getHeight(0) != side) {
                throw new IOException(reader.getWidth(0) + " x " + reader.getHeight(0) + " pixels");
            }
            image = reader.read(0);
        }
        int[] rgb = image.getRGB(0, 0, side, side, null, 0, side);
        for (int p = 0; p < CifarBatch.PLANE; p++) {
            records[at + p] = (byte) (rgb[p] >> 16);
            records[at + CifarBatch.PLANE + p] = (byte) (rgb[p] >> 8);
            records[at + 2 * CifarBatch.PLANE + p] = (byte) rgb[p];
        }
    }
}
