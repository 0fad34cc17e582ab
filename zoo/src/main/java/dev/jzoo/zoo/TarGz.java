package dev.jzoo.zoo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.GZIPOutputStream;

/**
 * Writes regular files as a compressed tar archive in the format of POSIX ("ustar"), without times and owners, so that equal
 * files give equal archives.
 */
final class TarGz {

    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 100;

    private TarGz() {}

    /** Writes the files, by their names in the archive, and closes the stream. */
    static void write(SortedMap<String, Path> files, OutputStream out) throws IOException {
        try (GZIPOutputStream tar = new GZIPOutputStream(out)) {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                long bytes = Files.size(file.getValue());
                tar.write(header(file.getKey(), bytes));
                if (Files.copy(file.getValue(), tar) != bytes) {
                    throw new IOException(file.getValue() + " changed while it was read");
                }
                tar.write(new byte[(int) (-bytes & (BLOCK - 1))]);
            }
            tar.write(new byte[2 * BLOCK]);
        }
    }

    private static byte[] header(String name, long bytes) {
        byte[] header = new byte[BLOCK];
        byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
        if (encoded.length > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "A name in an archive has at most " + LONGEST_NAME + " bytes; '" + name + "' has more.");
        }
        System.arraycopy(encoded, 0, header, 0, encoded.length);
        put(header, 100, "0000644\0"); // mode
        put(header, 108, "0000000\0"); // owner
        put(header, 116, "0000000\0"); // group
        put(header, 124, String.format("%011o\0", bytes));
        put(header, 136, "00000000000\0"); // time
        put(header, 148, "        "); // the checksum counts as spaces while it is summed
        put(header, 156, "0"); // a regular file
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        return header;
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
