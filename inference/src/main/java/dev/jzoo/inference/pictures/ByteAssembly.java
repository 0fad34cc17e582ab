package dev.jzoo.inference.pictures;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A builder of bytes from ranges of a file and new bytes. It copies at the end only. */
final class ByteAssembly {

    private record Range(byte[] source, int from, int to) {}

    private final List<Range> ranges = new ArrayList<>();
    private int length;

    ByteAssembly add(byte[] source, int from, int to) {
        ranges.add(new Range(source, from, to));
        length = Math.addExact(length, to - from);
        return this;
    }

    ByteAssembly add(int... bytes) {
        byte[] source = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            source[i] = (byte) bytes[i];
        }
        return add(source, 0, source.length);
    }

    ByteAssembly add(ByteAssembly other) {
        ranges.addAll(other.ranges);
        length = Math.addExact(length, other.length);
        return this;
    }

    /** Returns the number of bytes so far. */
    int length() {
        return length;
    }

    byte[] bytes() {
        ByteBuffer joined = ByteBuffer.allocate(length);
        ranges.forEach(range -> joined.put(range.source, range.from, range.to - range.from));
        return joined.array();
    }

    static int big16(byte[] file, int at) {
        return (file[at] & 0xFF) << 8 | file[at + 1] & 0xFF;
    }

    static int little16(byte[] file, int at) {
        return file[at] & 0xFF | (file[at + 1] & 0xFF) << 8;
    }

    static int big32(byte[] file, int at) {
        return big16(file, at) << 16 | big16(file, at + 2);
    }

    static int little32(byte[] file, int at) {
        return little16(file, at) | little16(file, at + 2) << 16;
    }
}
