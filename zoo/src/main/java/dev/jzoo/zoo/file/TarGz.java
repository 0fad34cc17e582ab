package dev.jzoo.zoo.file;

import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A reader and a writer of regular files in tar archives compressed with gzip. A tar archive is a sequence of blocks of
 * 512 bytes: for each file a header, then its content up to the next block. The header (POSIX.1-1988, "ustar") is text:
 *
 * <pre>
 * byte 0     the name, 100 bytes, ended by 0 where it is shorter
 * byte 100   mode, owner and group, 8 bytes each
 * byte 124   the size in octal digits, 12 bytes
 * byte 136   the time, 12 bytes
 * byte 148   the sum of the header's bytes in octal digits, 8 bytes, which count as spaces in it
 * byte 156   the type, "0" for a regular file
 * byte 257   "ustar", 0, "00"
 * </pre>
 *
 * <p>Two blocks of zeros end the archive; the reader stops at the first.
 */
@Internal
public final class TarGz {

    private static final int BLOCK = 512;
    private static final int BUFFER = 1 << 16;

    /** A field of the header. */
    private record HeaderField(int at, int length) {}

    private static final HeaderField NAME = new HeaderField(0, 100);
    private static final HeaderField MODE = new HeaderField(100, 8);
    private static final HeaderField OWNER = new HeaderField(108, 8);
    private static final HeaderField GROUP = new HeaderField(116, 8);
    private static final HeaderField SIZE = new HeaderField(124, 12);
    private static final HeaderField TIME = new HeaderField(136, 12);
    private static final HeaderField SUM = new HeaderField(148, 8);
    private static final HeaderField TYPE = new HeaderField(156, 1);
    private static final HeaderField FORMAT = new HeaderField(257, 8);

    private TarGz() {}

    /**
     * Reads the files with these names, in any folder of the archive.
     *
     * @return the content of each, in the order of the names
     * @throws DataFormatException naming the archive, if it is damaged or truncated, or lacks a file
     */
    public static Map<String, byte[]> read(Path archive, Collection<String> names) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        names.forEach(name -> files.put(name, null));
        try (InputStream in = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive), BUFFER))) {
            byte[] header;
            while ((header = in.readNBytes(BLOCK)).length == BLOCK && header[0] != 0) {
                requireSum(archive, header);
                long size = number(archive, header, SIZE);
                String path = text(header, NAME);
                String name = path.substring(path.lastIndexOf('/') + 1);
                if (files.containsKey(name)) {
                    byte[] content = in.readNBytes(Math.toIntExact(size));
                    if (content.length < size) {
                        throw new DataFormatException(
                                archive,
                                path + ": the archive ends after " + content.length + " of " + size + " bytes");
                    }
                    files.put(name, content);
                    in.skipNBytes(padding(size));
                } else {
                    in.skipNBytes(size + padding(size));
                }
            }
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (file.getValue() == null) {
                throw new DataFormatException(archive, "expected a file " + file.getKey() + ", found none");
            }
        }
        return files;
    }

    /**
     * Writes the files under their names in the archive, and closes the stream. Leaves times and owners out, so that equal files
     * give equal archives.
     */
    public static void write(SortedMap<String, Path> files, OutputStream out) throws IOException {
        try (GZIPOutputStream tar = new GZIPOutputStream(out)) {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                long bytes = Files.size(file.getValue());
                tar.write(header(file.getKey(), bytes));
                if (Files.copy(file.getValue(), tar) != bytes) {
                    throw new IOException(file.getValue() + " changed while it was read");
                }
                tar.write(new byte[padding(bytes)]);
            }
            tar.write(new byte[2 * BLOCK]);
        }
    }

    private static byte[] header(String name, long bytes) {
        byte[] header = new byte[BLOCK];
        byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
        if (encoded.length > NAME.length) {
            throw new IllegalArgumentException(
                    "A name in an archive may have at most " + NAME.length + " bytes; '" + name + "' has more.");
        }
        System.arraycopy(encoded, 0, header, NAME.at, encoded.length);
        put(header, MODE, "0000644\0");
        put(header, OWNER, "0000000\0");
        put(header, GROUP, "0000000\0");
        put(header, SIZE, String.format("%011o\0", bytes));
        put(header, TIME, "00000000000\0");
        put(header, TYPE, "0");
        put(header, FORMAT, "ustar\00000");
        put(header, SUM, String.format("%06o\0 ", sum(header)));
        return header;
    }

    private static void put(byte[] header, HeaderField field, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, field.at, bytes.length);
    }

    /** Returns the number of zeros between the end of a file's content and the next block. */
    private static int padding(long bytes) {
        return (int) (-bytes & (BLOCK - 1));
    }

    private static void requireSum(Path archive, byte[] header) throws DataFormatException {
        long expected = number(archive, header, SUM);
        if (sum(header) != expected) {
            throw new DataFormatException(
                    archive, "expected a tar header with the sum " + expected + ", found one with " + sum(header));
        }
    }

    private static long sum(byte[] header) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean isSum = i >= SUM.at && i < SUM.at + SUM.length;
            sum += isSum ? ' ' : Byte.toUnsignedInt(header[i]);
        }
        return sum;
    }

    private static long number(Path archive, byte[] header, HeaderField field) throws DataFormatException {
        String digits = text(header, field).strip();
        if (!digits.matches("[0-7]{1,11}")) {
            throw new DataFormatException(
                    archive, "expected octal digits at byte " + field.at + " of a tar header, found '" + digits + "'");
        }
        return Long.parseLong(digits, 8);
    }

    private static String text(byte[] header, HeaderField field) {
        int end = field.at;
        while (end < field.at + field.length && header[end] != 0) {
            end++;
        }
        return new String(header, field.at, end - field.at, StandardCharsets.UTF_8);
    }
}
