package dev.jzoo.inference.pictures;

import static dev.jzoo.inference.pictures.ByteAssembly.little16;
import static dev.jzoo.inference.pictures.ByteAssembly.little32;

import dev.jzoo.zoo.error.DataFormatException;

/** The header of a BMP file (BITMAPCOREHEADER, BITMAPINFOHEADER and its longer forms). */
final class BmpHeader {

    private static final int SHORTEST = 26;
    private static final int CORE = 12;
    private static final int INFO = 40;

    /**
     * Supported compressions: none, run lengths of 8 and 4 bits, and bit fields. Others contain a PNG or JPEG or are for
     * printers.
     */
    private static final int LAST_COMPRESSION = 3;

    private BmpHeader() {}

    /** Checks a file that begins with a BMP signature. */
    static DecoderInput check(String name, byte[] file) throws DataFormatException {
        if (file.length < SHORTEST || file.length < 14 + Math.max(CORE, Math.min(INFO, little32(file, 14)))) {
            throw DecoderInput.cutShort(name, "expected the header of a BMP, found " + file.length + " bytes");
        }
        int header = little32(file, 14);
        boolean core = header == CORE;
        if (!core && header < INFO) {
            throw DecoderInput.refused(name, "expected a BMP header of 12, or of 40 or more bytes, found " + header);
        }
        long width = core ? little16(file, 18) : little32(file, 18);
        // a negative height means rows from top to bottom
        long height = core ? little16(file, 20) : Math.abs((long) little32(file, 22));
        int bits = little16(file, core ? 24 : 28);
        int compression = core ? 0 : little32(file, 30);
        DecoderInput.requireSize(name, height, width);
        if (compression < 0 || compression > LAST_COMPRESSION) {
            throw DecoderInput.refused(name, "expected a BMP of compression 0 to 3, found " + compression);
        }
        long colours = core ? 0 : Integer.toUnsignedLong(little32(file, 46));
        if (colours > 256) {
            throw DecoderInput.refused(name, "expected at most 256 colours in the BMP's palette, found " + colours);
        }
        long start = Integer.toUnsignedLong(little32(file, 10));
        long row = (width * bits + 31) / 32 * 4;
        boolean runs = compression == 1 || compression == 2;
        if (start > file.length || !runs && row * height > file.length - start) {
            throw DecoderInput.cutShort(
                    name, "expected " + row * height + " bytes of pixels, found " + Math.max(0, file.length - start));
        }
        // many writers omit the length of the file, which the JDK requires
        byte[] bytes = little32(file, 2) == file.length
                ? file
                : new ByteAssembly()
                        .add(file, 0, 2)
                        .add(file.length & 0xFF, file.length >> 8 & 0xFF, file.length >> 16 & 0xFF, file.length >> 24)
                        .add(file, 6, file.length)
                        .bytes();
        return DecoderInput.plain(bytes, (int) height, (int) width, 1);
    }
}
