package dev.jzoo.inference.pictures;

import static dev.jzoo.inference.pictures.ByteAssembly.big32;

import dev.jzoo.zoo.error.DataFormatException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file (PNG 1.2, section 3). The decoder gets the header, the palette, the transparency and all data as
 * one chunk. It gets no text, profiles and other frames, which can decompress to any size.
 */
final class PngChunks {

    private static final int SIGNATURE = 8;

    private final String name;
    private final byte[] file;
    private final ByteAssembly kept = new ByteAssembly();
    private final ByteAssembly data = new ByteAssembly();
    private final CRC32 dataCrc = new CRC32();
    private int orientation = 1;
    private boolean inData;

    private PngChunks(String name, byte[] file) {
        this.name = name;
        this.file = file;
    }

    /** Checks a file that begins with a PNG signature. */
    static DecoderInput check(String name, byte[] file) throws DataFormatException {
        return new PngChunks(name, file).read();
    }

    private DecoderInput read() throws DataFormatException {
        int at = SIGNATURE;
        String type = "";
        while (at < file.length && !type.equals("IEND")) {
            int length = at + 12 > file.length ? -1 : big32(file, at);
            type = at + 8 > file.length ? "?" : new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (at == SIGNATURE && !(type.equals("IHDR") && length == 13)) {
                throw DecoderInput.refused(
                        name, "expected a PNG that begins with its header, found chunk " + shown(type));
            }
            if (length < 0 || length > file.length - at - 12) {
                throw DecoderInput.cutShort(name, "chunk " + shown(type) + " at byte " + at + " ends after the file");
            }
            chunk(type, at, length);
            at += 12 + length;
        }
        if (!inData) {
            throw DecoderInput.cutShort(
                    name, "expected a chunk of pixels (IDAT), found none in " + file.length + " bytes");
        }
        ByteAssembly input = new ByteAssembly().add(file, 0, SIGNATURE).add(kept);
        add32(input, data.length()).add('I', 'D', 'A', 'T').add(data);
        add32(input, (int) dataCrc.getValue()).add(0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xAE, 0x42, 0x60, 0x82);
        return DecoderInput.plain(input.bytes(), big32(file, SIGNATURE + 12), big32(file, SIGNATURE + 8), orientation);
    }

    private void chunk(String type, int at, int length) throws DataFormatException {
        int content = at + 8;
        switch (type) {
            case "IHDR" -> {
                requireCrc(type, at, length);
                if (at != SIGNATURE) {
                    throw DecoderInput.refused(name, "expected one header, found another at byte " + at);
                }
                DecoderInput.requireSize(name, big32(file, content + 4), big32(file, content));
                kept.add(file, at, content + length + 4);
            }
            case "PLTE", "tRNS" -> {
                requireCrc(type, at, length);
                if (length == 0 || length > 768 || type.equals("PLTE") && length % 3 != 0) {
                    throw DecoderInput.refused(
                            name,
                            "expected at most 256 colours in chunk " + type + " at byte " + at + ", found " + length
                                    + " bytes");
                }
                if (!inData) {
                    kept.add(file, at, content + length + 4);
                }
            }
            case "IDAT" -> {
                requireCrc(type, at, length);
                if (!inData) {
                    dataCrc.update(file, at + 4, 4);
                    inData = true;
                }
                dataCrc.update(file, content, length);
                data.add(file, content, content + length);
            }
            case "eXIf" -> orientation = ExifOrientation.of(file, content, content + length, orientation);
            case "IEND" -> requireCrc(type, at, length);
            default -> {
                // PNG 1.2, section 3.3: a decoder may skip unknown chunks whose first letter is lower case
                if (type.charAt(0) < 'a') {
                    throw DecoderInput.refused(
                            name, "expected chunks of PNG 1.2, found " + shown(type) + " at byte " + at);
                }
            }
        }
    }

    private void requireCrc(String type, int at, int length) throws DataFormatException {
        int expected = big32(file, at + 8 + length);
        int found = crc(file, at + 4, length + 4);
        if (found != expected) {
            throw DecoderInput.refused(
                    name,
                    "chunk " + type + " at byte " + at + " is damaged: expected the checksum "
                            + Integer.toHexString(expected) + ", found " + Integer.toHexString(found));
        }
    }

    private static int crc(byte[] bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    private static ByteAssembly add32(ByteAssembly to, int number) {
        return to.add(number >>> 24, number >>> 16 & 0xFF, number >>> 8 & 0xFF, number & 0xFF);
    }

    /** Returns a chunk's name for messages, with letters only. */
    private static String shown(String type) {
        return type.replaceAll("[^A-Za-z]", "?");
    }
}
