package dev.jzoo.inference.pictures;

import dev.jzoo.zoo.error.DataFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The first directory of a TIFF file (TIFF 6.0, section 2). The decoder gets the directory with the entries that describe
 * pixels. All other entries, thumbnails and further pages are omitted.
 */
final class TiffDirectory {

    private static final int ENTRY = 12;

    /** Size in bytes of a value of each type, from BYTE (1) to IFD (13). */
    private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

    private static final int WIDTH = 256;
    private static final int LENGTH = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int YCBCR = 6;
    private static final int STRIP_OFFSETS = 273;
    private static final int ORIENTATION = 274;
    private static final int SAMPLES = 277;
    private static final int STRIP_BYTES = 279;
    private static final int COLOUR_MAP = 320;
    private static final int SHORT = 3;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_LENGTH = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;

    /** Tags that describe pixels: TIFF 6.0, sections 8 to 22, and Technical Note 2 of 1995 (JPEGTables). */
    private static final Set<Integer> ABOUT_PIXELS = Set.of(
            254,
            WIDTH,
            LENGTH,
            BITS,
            COMPRESSION,
            262,
            266,
            STRIP_OFFSETS,
            SAMPLES,
            278,
            STRIP_BYTES,
            284,
            292,
            293,
            317,
            COLOUR_MAP,
            TILE_WIDTH,
            TILE_LENGTH,
            TILE_OFFSETS,
            TILE_BYTES,
            332,
            338,
            339,
            347,
            529,
            530,
            531,
            532);

    private static final Set<Integer> SINGLE =
            Set.of(WIDTH, LENGTH, COMPRESSION, ORIENTATION, SAMPLES, 278, 284, TILE_WIDTH, TILE_LENGTH);

    private static final int OLD_JPEG = 6;
    private static final int JPEG = 7;
    private static final int MOST_SAMPLES = 16;

    private final String name;
    private final ByteBuffer file;
    private final int start;
    private final int entries;

    /** Position of the first entry of each tag. Further entries of a tag are ignored. */
    private final Map<Integer, Integer> places = new LinkedHashMap<>();

    private TiffDirectory(String name, byte[] bytes) throws DataFormatException {
        this.name = name;
        this.file =
                ByteBuffer.wrap(bytes.clone()).order(bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long at = bytes.length < 8 ? Integer.MAX_VALUE : Integer.toUnsignedLong(file.getInt(4));
        if (at + 2 > bytes.length || at < 8) {
            throw DecoderInput.cutShort(name, "expected its directory, found the end after " + bytes.length + " bytes");
        }
        this.start = (int) at;
        this.entries = Short.toUnsignedInt(file.getShort(start));
        if (at + 6 + (long) entries * ENTRY > bytes.length) {
            throw DecoderInput.cutShort(
                    name,
                    "expected " + entries + " entries in its directory, found the end after " + bytes.length
                            + " bytes");
        }
    }

    /** Checks a file that begins with a TIFF signature. */
    static DecoderInput check(String name, byte[] bytes) throws DataFormatException {
        return new TiffDirectory(name, bytes).read();
    }

    private DecoderInput read() throws DataFormatException {
        for (int i = 0; i < entries; i++) {
            int entry = start + 2 + i * ENTRY;
            places.putIfAbsent(tag(entry), entry);
        }
        for (int entry : places.values()) {
            requireValues(entry);
        }
        long width = value(WIDTH, 0, 0);
        long height = value(LENGTH, 0, 0);
        DecoderInput.requireSize(name, height, width);
        if (find(TILE_WIDTH) >= 0 || find(TILE_LENGTH) >= 0) {
            DecoderInput.requireSize(name, value(TILE_LENGTH, 0, 0), value(TILE_WIDTH, 0, 0));
        }
        long samples = value(SAMPLES, 0, 1);
        long bits = 0;
        for (int i = 0; i < samples && i <= MOST_SAMPLES; i++) {
            bits += value(BITS, i, value(BITS, 0, 1));
        }
        if (samples < 1 || samples > MOST_SAMPLES || width * height * ((bits + 7) / 8) > PictureFile.MAX_BYTES) {
            throw DecoderInput.refused(
                    name,
                    "expected at most " + MOST_SAMPLES + " samples per pixel and " + PictureFile.MAX_BYTES
                            + " bytes of pixels, found " + samples + " samples with " + bits + " bits in total");
        }
        if (value(COMPRESSION, 0, 1) == OLD_JPEG) {
            throw DecoderInput.refused(name, "TIFF's old form of JPEG (compression 6) is not supported");
        }
        long data = requireData(STRIP_OFFSETS, STRIP_BYTES) + requireData(TILE_OFFSETS, TILE_BYTES);
        long plain = width * bits / 8 * height;
        if (value(COMPRESSION, 0, 1) == 1 && value(PHOTOMETRIC, 0, 0) != YCBCR && data < plain) {
            throw DecoderInput.cutShort(name, "expected " + plain + " bytes of pixels, found " + data);
        }
        truncatePalette();
        long orientation = value(ORIENTATION, 0, 1);
        return DecoderInput.plain(
                pixelsOnly(), (int) height, (int) width, orientation >= 1 && orientation <= 8 ? (int) orientation : 1);
    }

    /** Fails if the values of an entry about pixels are not in the file. */
    private void requireValues(int entry) throws DataFormatException {
        int tag = tag(entry);
        if (!ABOUT_PIXELS.contains(tag) && tag != ORIENTATION) {
            return;
        }
        int type = Short.toUnsignedInt(file.getShort(entry + 2));
        long count = Integer.toUnsignedLong(file.getInt(entry + 4));
        if (type < 1 || type >= TYPE_BYTES.length || count < 1 || SINGLE.contains(tag) && count > 1) {
            throw DecoderInput.refused(
                    name,
                    "tag " + tag + " at byte " + entry + " is damaged: found " + count + " values of type " + type);
        }
        long bytes = count * TYPE_BYTES[type];
        if (bytes > 4 && Integer.toUnsignedLong(file.getInt(entry + 8)) + bytes > file.capacity()) {
            throw DecoderInput.cutShort(
                    name,
                    "expected " + bytes + " bytes for tag " + tag + " at byte " + entry
                            + ", found the end of the file");
        }
    }

    /** Returns the total size of strips or tiles in bytes. Fails if they are not in the file or would be read repeatedly. */
    private long requireData(int offsets, int counts) throws DataFormatException {
        int at = find(offsets);
        long pieces = at < 0 ? 0 : Integer.toUnsignedLong(file.getInt(at + 4));
        long all = 0;
        long work = 0;
        for (int i = 0; i < pieces; i++) {
            long from = value(offsets, i, 0);
            long bytes = value(counts, i, 0);
            if (from < 0 || bytes < 0 || from + bytes > file.capacity()) {
                throw DecoderInput.cutShort(
                        name,
                        "part " + i + " of its pixels has " + bytes + " bytes from byte " + from
                                + " on, but the file has " + file.capacity());
            }
            all += bytes;
            if (all > PictureFile.MAX_BYTES) {
                throw DecoderInput.refused(
                        name, "expected at most " + PictureFile.MAX_BYTES + " bytes of compressed pixels, found more");
            }
            if (value(COMPRESSION, 0, 1) == JPEG) {
                byte[] jpeg = new byte[(int) bytes];
                file.get((int) from, jpeg);
                DecoderInput part = JpegSegments.check(name, jpeg);
                work += (long) part.scans() * part.height() * part.width();
                JpegSegments.requireWork(name, work);
            }
        }
        return all;
    }

    /** Truncates each 16-bit colour of a palette to its upper 8 bits; the JDK would round. */
    private void truncatePalette() {
        int entry = find(COLOUR_MAP);
        long colours =
                entry < 0 || file.getShort(entry + 2) != SHORT ? 0 : Integer.toUnsignedLong(file.getInt(entry + 4));
        int from = colours > 2 ? file.getInt(entry + 8) : 0;
        for (int i = 0; colours > 2 && i < colours; i++) {
            int at = from + 2 * i;
            file.putShort(at, (short) ((file.getShort(at) >> 8 & 0xFF) * 0x101));
        }
    }

    /** Returns the file with a directory that has only entries about pixels and no successor. */
    private byte[] pixelsOnly() {
        int to = start + 2;
        for (Map.Entry<Integer, Integer> place : places.entrySet()) {
            if (ABOUT_PIXELS.contains(place.getKey())) {
                byte[] entry = new byte[ENTRY];
                file.get(place.getValue(), entry);
                file.put(to, entry);
                to += ENTRY;
            }
        }
        file.putShort(start, (short) ((to - start - 2) / ENTRY));
        file.putInt(to, 0);
        return file.array();
    }

    private int tag(int entry) {
        return Short.toUnsignedInt(file.getShort(entry));
    }

    private int find(int tag) {
        return places.getOrDefault(tag, -1);
    }

    /** Returns an integer of an entry, or {@code otherwise} if the entry or number does not exist. */
    private long value(int tag, int index, long otherwise) {
        int entry = find(tag);
        if (entry < 0 || index >= Integer.toUnsignedLong(file.getInt(entry + 4))) {
            return otherwise;
        }
        int type = Short.toUnsignedInt(file.getShort(entry + 2));
        long bytes = Integer.toUnsignedLong(file.getInt(entry + 4)) * TYPE_BYTES[type];
        int at = (bytes > 4 ? file.getInt(entry + 8) : entry + 8) + index * TYPE_BYTES[type];
        return switch (TYPE_BYTES[type]) {
            case 1 -> Byte.toUnsignedLong(file.get(at));
            case 2 -> Short.toUnsignedLong(file.getShort(at));
            case 4 -> Integer.toUnsignedLong(file.getInt(at));
            default -> otherwise;
        };
    }
}
