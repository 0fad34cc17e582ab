package dev.jzoo.export.dl4j.keras.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of an object header, of both versions.
 *
 * @see <a href="https://docs.hdfgroup.org/hdf5/v1_12/_f_m_t3.html">HDF5 File Format Specification, section IV.A</a>
 */
final class HeaderMessages {

    static final int DATASPACE = 0x01;
    static final int LINK_INFO = 0x02;
    static final int DATATYPE = 0x03;
    static final int LINK = 0x06;
    static final int LAYOUT = 0x08;
    static final int FILTERS = 0x0b;
    static final int ATTRIBUTE = 0x0c;
    static final int SYMBOL_TABLE = 0x11;
    static final int ATTRIBUTE_INFO = 0x15;

    private static final int CONTINUATION = 0x10;
    private static final int MOST_BLOCKS = 10_000;

    /** A message and the bytes of its body. */
    record HeaderMessage(int type, ByteBuffer body) {}

    private record Block(long address, long length) {}

    private final Hdf5File file;
    private final List<HeaderMessage> messages = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();

    private HeaderMessages(Hdf5File file) {
        this.file = file;
    }

    static List<HeaderMessage> read(Hdf5File file, long address) throws IOException {
        HeaderMessages header = new HeaderMessages(file);
        ByteBuffer first = file.read(address, 4);
        if (first.getInt(0) == 0x5244484f) { // "OHDR"
            header.readSecondVersion(address);
        } else if (first.get(0) == 1) {
            header.readFirstVersion(address);
        } else {
            throw file.corrupt(address, "expected an object header of version 1 or 2, found another");
        }
        return header.messages;
    }

    private void readFirstVersion(long address) throws IOException {
        ByteBuffer prefix = file.read(address, 16);
        blocks.add(new Block(address + 16, Integer.toUnsignedLong(prefix.getInt(8))));
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            ByteBuffer bytes = file.read(block.address(), block.length());
            while (bytes.remaining() >= 8) {
                int type = Short.toUnsignedInt(bytes.getShort());
                int size = Short.toUnsignedInt(bytes.getShort());
                int flags = bytes.get();
                bytes.position(bytes.position() + 3);
                add(type, flags, size, bytes, block);
            }
        }
    }

    private void readSecondVersion(long address) throws IOException {
        int flags = file.read(address, 6).get(5);
        int at = 6 + ((flags & 0x20) == 0 ? 0 : 16) + ((flags & 0x10) == 0 ? 0 : 4);
        int width = 1 << (flags & 3);
        long size = unsigned(file.read(address + at, width), width);
        blocks.add(new Block(address + at + width, size));
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            ByteBuffer bytes = i == 0
                    ? file.read(block.address(), block.length())
                    // A continuation has a signature and a checksum.
                    : file.read(block.address(), block.length() - 4, "OCHK").position(4);
            int prefix = (flags & 4) == 0 ? 4 : 6;
            while (bytes.remaining() >= prefix) {
                int type = Byte.toUnsignedInt(bytes.get());
                int length = Short.toUnsignedInt(bytes.getShort());
                int messageFlags = bytes.get();
                bytes.position(bytes.position() + prefix - 4);
                add(type, messageFlags, length, bytes, block);
            }
        }
    }

    private void add(int type, int flags, int size, ByteBuffer bytes, Block block) throws IOException {
        if (size > bytes.remaining()) {
            throw file.corrupt(block.address(), "expected a message inside its block, found a longer one");
        }
        ByteBuffer body = bytes.slice(bytes.position(), size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + size);
        if (type == CONTINUATION && size >= 16) {
            if (blocks.size() > MOST_BLOCKS) {
                throw file.corrupt(
                        block.address(), "expected an object header of at most " + MOST_BLOCKS + " blocks, found more");
            }
            blocks.add(new Block(body.getLong(0), body.getLong(8)));
        } else if ((flags & 2) != 0 && (type == DATATYPE || type == DATASPACE || type == ATTRIBUTE)) {
            throw file.corrupt(block.address(), "shared messages are not supported");
        } else {
            messages.add(new HeaderMessage(type, body));
        }
    }

    /** Reads an unsigned integer of 1, 2, 4 or 8 bytes. */
    static long unsigned(ByteBuffer bytes, int width) {
        return switch (width) {
            case 1 -> Byte.toUnsignedLong(bytes.get());
            case 2 -> Short.toUnsignedLong(bytes.getShort());
            case 4 -> Integer.toUnsignedLong(bytes.getInt());
            default -> bytes.getLong();
        };
    }
}
