package dev.jzoo.datasets.catalogue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Valid and invalid IDX files, written from the description of the format. */
final class IdxBytes {

    private IdxBytes() {}

    /** Returns the bytes of a file: magic 00 00 type d, the sizes, the values. */
    static byte[] of(int type, int[] sizes, byte... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + values.length);
        bytes.put(new byte[] {0, 0, (byte) type, (byte) sizes.length});
        for (int size : sizes) {
            bytes.putInt(size);
        }
        return bytes.put(values).array();
    }

    static Path write(Path folder, String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }
}
