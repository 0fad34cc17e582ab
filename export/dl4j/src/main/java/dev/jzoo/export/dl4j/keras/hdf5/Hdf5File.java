package dev.jzoo.export.dl4j.keras.hdf5;

import dev.jzoo.zoo.error.DataFormatException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * An open HDF5 file, with bounded reads at addresses. Close it after use. Fails with DataFormatException naming the
 * file and the byte.
 */
public final class Hdf5File implements Closeable {

    private final Path path;
    private final FileChannel channel;
    private final long size;
    private final Hdf5Superblock superblock;

    private Hdf5File(Path path, FileChannel channel, Hdf5Superblock superblock) throws IOException {
        this.path = path;
        this.channel = channel;
        this.size = channel.size();
        this.superblock = superblock;
    }

    /** Opens a file that has the signature of HDF5 and is complete. */
    public static Hdf5File open(Path path) throws IOException {
        Hdf5Superblock superblock = Hdf5Superblock.find(path)
                .orElseThrow(() -> new DataFormatException(path, "expected an HDF5 file, found no HDF5 signature"));
        superblock.requireWhole(path);
        if (superblock.root() < 0) {
            throw new DataFormatException(
                    path,
                    "HDF5 superblock: expected version 0 to 3 with addresses of 8 bytes, found another"
                            + " version or size");
        }
        return new Hdf5File(path, FileChannel.open(path), superblock);
    }

    /** Returns the root group. */
    public Hdf5Object root() throws IOException {
        return new Hdf5Object(this, superblock.root(), "/");
    }

    /** Reads bytes at an address, little-endian, with positions from 0. */
    ByteBuffer read(long address, long length) throws IOException {
        long at = superblock.base() + address;
        if (address < 0 || at < 0 || length < 0 || length > Integer.MAX_VALUE - 8 || at > size - length) {
            throw corrupt(address, "expected " + length + " bytes, but the file has " + size);
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw corrupt(address, "the file became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    /** Reads bytes that begin with a signature. */
    ByteBuffer read(long address, long length, String signature) throws IOException {
        ByteBuffer bytes = read(address, length);
        byte[] found = new byte[signature.length()];
        bytes.get(0, found);
        if (!new String(found, StandardCharsets.ISO_8859_1).equals(signature)) {
            throw corrupt(address, "expected the signature " + signature + ", found other bytes");
        }
        return bytes;
    }

    /** Reads text up to a zero byte, in a block. */
    String text(ByteBuffer block, long at, long blockAddress) throws IOException {
        if (at < 0 || at >= block.limit()) {
            throw corrupt(blockAddress, "expected a name inside its block, found it outside");
        }
        int end = (int) at;
        while (end < block.limit() && block.get(end) != 0) {
            end++;
        }
        return new String(block.array(), (int) at, end - (int) at, StandardCharsets.UTF_8);
    }

    DataFormatException corrupt(long address, String problem) {
        return new DataFormatException(
                path,
                "HDF5, byte " + (superblock.base() + address) + ": " + problem
                        + ". The file may be damaged: copy it again, or save the model again");
    }

    /** Creates an exception for an object of the file. */
    public DataFormatException fault(String object, String problem) {
        return new DataFormatException(path, object + ": " + problem);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
