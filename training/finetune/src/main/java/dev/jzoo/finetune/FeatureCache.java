package dev.jzoo.finetune;

import dev.jzoo.finetune.head.Features;
import dev.jzoo.zoo.file.Sha256;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * A cache of computed feature rows in an append-only file:
 *
 * <pre>
 *   "JZOOROW1", the dimension D as a little-endian int, 4 bytes 0
 *   for each row: its key, 32 bytes; D little-endian floats; CRC-32 of both, a little-endian int
 * </pre>
 *
 * <p>An incomplete row is skipped, and the next row overwrites it. Several threads and processes may use one file. The
 * file stays open until this cache is closed. If the file is deleted in the meantime, the rows stay readable; another
 * process that creates a file with the same name starts an independent cache.
 */
final class FeatureCache implements AutoCloseable {

    private static final byte[] MAGIC = "JZOOROW1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 16;
    private static final int KEY = 32;
    private static final int CHECKSUM = 4;

    /** Largest number of bytes in one mapping, because a buffer's index is an int. */
    private static final long MAPPING = 1L << 30;

    private final FileChannel channel;
    private final int dimension;
    private final Map<Sha256, Long> rows = new HashMap<>();

    private FeatureCache(FileChannel channel, int dimension) {
        this.channel = channel;
        this.dimension = dimension;
    }

    /** Opens a file of rows. Starts a new file if none exists or if the existing one has another format. */
    static FeatureCache open(Path file, int dimension) throws IOException {
        FeatureCache cache = new FeatureCache(channel(file), dimension);
        if (cache.isOtherForm()) {
            cache.close();
            Files.deleteIfExists(file); // not emptied: others may have it open
            cache = new FeatureCache(channel(file), dimension);
        }
        cache.scan();
        return cache;
    }

    private static FileChannel channel(Path file) throws IOException {
        while (true) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try {
                return FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            } catch (NoSuchFileException e) {
                // the folder was cleared in between
            }
        }
    }

    private boolean isOtherForm() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        channel.read(header, 0);
        return header.position() > 0 && !Arrays.equals(header.array(), header());
    }

    private int size() {
        return KEY + dimension * Float.BYTES + CHECKSUM;
    }

    private void scan() throws IOException {
        // The stream is not closed, because that would close the channel.
        DataInputStream data = new DataInputStream(
                new BufferedInputStream(Channels.newInputStream(channel.position(HEADER)), 1 << 16));
        byte[] row = new byte[size()];
        for (long number = 0; data.readNBytes(row, 0, row.length) == row.length; number++) {
            ByteBuffer buffer = ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
            if (buffer.getInt(row.length - CHECKSUM) == checksum(row)) {
                rows.put(new Sha256(HexFormat.of().formatHex(row, 0, KEY)), number);
            }
        }
    }

    /** Returns the position of a row for {@link #features}, or -1 if it was never computed. */
    synchronized long find(Sha256 key) {
        return rows.getOrDefault(key, -1L);
    }

    /** Adds a row. Returns its position. */
    long add(Sha256 key, float[] values) throws IOException {
        if (values.length != dimension) {
            throw new IllegalArgumentException("A row has " + dimension + " numbers, not " + values.length + ".");
        }
        byte[] row = new byte[size()];
        ByteBuffer buffer = ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(HexFormat.of().parseHex(key.hex()));
        for (float value : values) {
            buffer.putFloat(value);
        }
        buffer.putInt(checksum(row));
        synchronized (FeatureCache.class) { // a process holds only one lock on a file
            long number = append(buffer.flip());
            synchronized (this) {
                rows.put(key, number);
            }
            return number;
        }
    }

    private long append(ByteBuffer row) throws IOException {
        FileLock lock = channel.lock();
        try {
            if (channel.size() < HEADER) {
                channel.write(ByteBuffer.wrap(header()), 0);
            }
            long number = (channel.size() - HEADER) / size();
            long at = HEADER + number * size();
            while (row.hasRemaining()) {
                at += channel.write(row, at);
            }
            return number;
        } finally {
            lock.release();
        }
    }

    /** Maps the rows at some positions into memory. They use no heap and stay valid after this cache is closed. */
    Features features(long[] places) throws IOException {
        long perMapping = MAPPING / size();
        List<MappedByteBuffer> mappings = new ArrayList<>();
        long end = places.length == 0 ? 0 : channel.size();
        for (long from = HEADER; from < end; from += perMapping * size()) {
            long length = Math.min(perMapping * size(), end - from);
            MappedByteBuffer mapping = channel.map(FileChannel.MapMode.READ_ONLY, from, length);
            mapping.order(ByteOrder.LITTLE_ENDIAN);
            mappings.add(mapping);
        }
        return new Mapped(places.clone(), dimension, size(), perMapping, mappings);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private record Mapped(long[] places, int dimension, int size, long perMapping, List<MappedByteBuffer> mappings)
            implements Features {

        @Override
        public int rows() {
            return places.length;
        }

        @Override
        public void read(int row, float[] target) {
            MappedByteBuffer mapping = mappings.get((int) (places[row] / perMapping));
            int at = (int) (places[row] % perMapping) * size + KEY;
            mapping.slice(at, dimension * Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(target, 0, dimension);
        }
    }

    private byte[] header() {
        return ByteBuffer.allocate(HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putInt(dimension)
                .array();
    }

    private static int checksum(byte[] row) {
        CRC32 crc = new CRC32();
        crc.update(row, 0, row.length - CHECKSUM);
        return (int) crc.getValue();
    }
}
