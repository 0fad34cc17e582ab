package dev.jzoo.inference.pictures;

import static dev.jzoo.inference.pictures.ByteAssembly.little16;

import dev.jzoo.inference.pictures.DecoderInput.DecodedSamples;
import dev.jzoo.zoo.error.DataFormatException;

/**
 * The blocks of a GIF file (GIF 89a) up to its first frame. The decoder gets that frame with its colours. Further frames,
 * comments and extensions are omitted.
 */
final class GifBlocks {

    private static final int HEADER = 13;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int FRAME = 0x2C;
    private static final int TRAILER = 0x3B;

    private final String name;
    private final byte[] file;

    private GifBlocks(String name, byte[] file) {
        this.name = name;
        this.file = file;
    }

    /** Checks a file that begins with a GIF signature. */
    static DecoderInput check(String name, byte[] file) throws DataFormatException {
        return new GifBlocks(name, file).read();
    }

    private DecoderInput read() throws DataFormatException {
        int at = require(HEADER + colours(require(HEADER) - 3));
        ByteAssembly input = new ByteAssembly().add(file, 0, at);
        int control = 0;
        while ((file[require(at + 2) - 2] & 0xFF) != FRAME) {
            int block = file[at] & 0xFF;
            if (block == TRAILER) {
                throw DecoderInput.refused(name, "expected a frame, found the end of the GIF at byte " + at);
            }
            if (block != EXTENSION) {
                at++; // unknown bytes between blocks are skipped, as in other readers
                continue;
            }
            int end = subBlocks(at + 2);
            control = (file[at + 1] & 0xFF) == GRAPHIC_CONTROL ? at : control;
            at = end;
        }
        if (control > 0) {
            input.add(file, control, subBlocks(control + 2));
        }
        int data = require(at + 10 + colours(require(at + 10) - 1));
        byte[] bytes = input.add(file, at, subBlocks(data + 1)).add(TRAILER).bytes();
        int left = little16(file, at + 1);
        int top = little16(file, at + 3);
        DecoderInput.requireSize(name, little16(file, at + 7), little16(file, at + 5));
        // a frame may extend beyond the screen, which then grows, as in Pillow
        int width = Math.max(little16(file, 6), left + little16(file, at + 5));
        int height = Math.max(little16(file, 8), top + little16(file, at + 7));
        return new DecoderInput(bytes, height, width, top, left, 1, DecodedSamples.COLOURS, 1);
    }

    /** Returns the size in bytes of the colour table that a flags byte announces. */
    private int colours(int flags) {
        return (file[flags] & 0x80) == 0 ? 0 : 3 << (file[flags] & 7) + 1;
    }

    /** Returns the end of a list of sub-blocks. Each is preceded by its length, and the last is empty. */
    private int subBlocks(int from) throws DataFormatException {
        int at = from;
        while (file[require(at + 1) - 1] != 0) {
            at += 1 + (file[at] & 0xFF);
        }
        return at + 1;
    }

    /** Returns its argument if the file has bytes up to there, and fails otherwise. */
    private int require(int end) throws DataFormatException {
        if (end > file.length) {
            throw DecoderInput.cutShort(
                    name, "expected the rest of its first frame, found its end after " + file.length + " bytes");
        }
        return end;
    }
}
