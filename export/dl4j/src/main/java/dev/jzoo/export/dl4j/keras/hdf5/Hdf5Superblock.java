package dev.jzoo.export.dl4j.keras.hdf5;

import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The head of an HDF5 file: the place of its content, and its length when it was written.
 *
 * @param base position from which addresses in the file count
 * @param end number of bytes that the file must have; 0 if a superblock of unknown version does not contain it
 * @param root address of the root group's object header; negative if a superblock of unknown version does not contain
 * it
 * @see <a href="https://docs.hdfgroup.org/hdf5/v1_12/_f_m_t3.html">HDF5 File Format Specification, section II.A</a>
 */
public record Hdf5Superblock(long base, long end, long root) {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    /** The positions of the addresses, by version. The first address is the base, the third is the end of the file. */
    private static final int[] ADDRESSES = {24, 28, 12, 12};

    private static final int LENGTH = 28 + 6 * Long.BYTES;

    /**
     * Searches at byte 0 and, after a block for the user's data, at 512, 1024 and so on. Empty if the file is not an
     * HDF5 file.
     */
    public static Optional<Hdf5Superblock> find(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            for (long at = 0; at + SIGNATURE.length <= channel.size(); at = at == 0 ? 512 : 2 * at) {
                ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
                channel.position(at);
                while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                    // Until all of it is read, or the file ends.
                }
                byte[] content = bytes.array();
                if (Arrays.equals(SIGNATURE, Arrays.copyOf(content, SIGNATURE.length))) {
                    return Optional.of(read(bytes));
                }
            }
            return Optional.empty();
        }
    }

    private static Hdf5Superblock read(ByteBuffer bytes) {
        int version = bytes.get(SIGNATURE.length);
        int sizeOfAddresses = bytes.get(version < 2 ? 13 : 9);
        if (version < 0 || version >= ADDRESSES.length || sizeOfAddresses != Long.BYTES) {
            return new Hdf5Superblock(0, 0, -1);
        }
        int at = ADDRESSES[version];
        // Versions 0 and 1 end with a symbol table entry: a name, then the address of the header.
        int root = at + (version < 2 ? 5 : 3) * Long.BYTES;
        return new Hdf5Superblock(bytes.getLong(at), bytes.getLong(at + 2 * Long.BYTES), bytes.getLong(root));
    }

    /** Fails with DataFormatException if the file is shorter than when it was written. */
    public void requireWhole(Path file) throws IOException {
        long size = Files.size(file);
        if (size < end) {
            throw new DataFormatException(
                    file,
                    "the file is truncated: expected " + end + " bytes from its HDF5 superblock, found " + size
                            + ". Copy or download it again");
        }
    }
}
