package dev.jzoo.datasets;

import dev.jzoo.zoo.DataFormatException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Files out of a tar archive that is compressed with gzip: blocks of 512 bytes, a header and then the file, to the next
 * block. Of the header (POSIX.1-1988, ustar) it takes
 *
 * <pre>
 * byte 0     the name, 100 bytes, ended by 0 where it is shorter
 * byte 124   the size in octal digits, 12 bytes
 * byte 148   the sum of the header's bytes in octal digits, 8 bytes, which count as spaces in it
 * </pre>
 *
 * <p>Two blocks of zeros end the archive; one is taken for it.
 */
final class TarFile {

    private static final int BLOCK = 512;

    private TarFile() {}

    /**
     * Reads the files of those names, wherever in the archive's folders they lie.
     *
     * @return the content of each, in the order of the names
     * @throws DataFormatException naming the archive, where it is damaged, cut short, or a file is not in it
     */
    static Map<String, byte[]> read(Path archive, Collection<String> names) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        names.forEach(name -> files.put(name, null));
        try (InputStream in = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive), 1 << 16))) {
            byte[] header;
            while ((header = in.readNBytes(BLOCK)).length == BLOCK && header[0] != 0) {
                requireSum(archive, header);
                long size = number(archive, header, 124, 12);
                String path = text(header, 0, 100);
                String name = path.substring(path.lastIndexOf('/') + 1);
                long padding = Math.floorMod(-size, (long) BLOCK);
                if (files.containsKey(name)) {
                    byte[] content = in.readNBytes(Math.toIntExact(size));
                    if (content.length < size) {
                        throw new DataFormatException(
                                archive,
                                path + ": the archive ends after " + content.length + " of " + size + " bytes");
                    }
                    files.put(name, content);
                    in.skipNBytes(padding);
                } else {
                    in.skipNBytes(size + padding);
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

    private static void requireSum(Path archive, byte[] header) throws DataFormatException {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : Byte.toUnsignedInt(header[i]);
        }
        long expected = number(archive, header, 148, 8);
        if (sum != expected) {
            throw new DataFormatException(
                    archive, "expected a tar header with the sum " + expected + ", found one with " + sum);
        }
    }

    private static long number(Path archive, byte[] header, int from, int length) throws DataFormatException {
        String digits = text(header, from, length).strip();
        if (!digits.matches("[0-7]{1,11}")) {
            throw new DataFormatException(
                    archive, "expected octal digits at byte " + from + " of a tar header, found '" + digits + "'");
        }
        return Long.parseLong(digits, 8);
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.ISO_8859_1);
    }
}
