package dev.jzoo.inference.pictures;

import static dev.jzoo.inference.pictures.ByteAssembly.big16;

import dev.jzoo.inference.pictures.DecoderInput.DecodedSamples;
import dev.jzoo.zoo.error.DataFormatException;

/**
 * The segments of a JPEG file (ITU-T T.81, annex B), read as libjpeg reads them: bytes between segments are skipped.
 *
 * <p>The decoder gets the tables, the frame, the scans and the end. It gets no application segments and comments: the JDK
 * rejects some of them although they do not affect the pixels. Without them it would not know the colours of the
 * components, so one Adobe marker is written (Adobe Technical Note 5116), with the colours that libjpeg's
 * default_decompress_parms determines.
 */
final class JpegSegments {

    /** Largest number of scans, more than any encoder writes. Progressive files usually have 10. */
    static final int MAX_SCANS = 200;

    /**
     * Largest product of pixels and scans: 16 scans of the largest picture, about 10 seconds. The JDK computes all pixels
     * after each scan.
     */
    static final long MAX_WORK = 16 * PictureReader.MAX_PIXELS;

    private static final int COMMENT = 0xFE;
    private static final int TEMPORARY = 0x01;
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int NUMBER_OF_LINES = 0xDC;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int NO_ADOBE = -1;

    private final String name;
    private final byte[] file;
    private final ByteAssembly kept = new ByteAssembly();
    private int orientation = 1;
    private boolean jfif;
    private int adobe = NO_ADOBE;
    private int frame;
    private int scans;

    private JpegSegments(String name, byte[] file) {
        this.name = name;
        this.file = file;
    }

    /** Checks a file that begins with a JPEG marker. */
    static DecoderInput check(String name, byte[] file) throws DataFormatException {
        return new JpegSegments(name, file).read();
    }

    private DecoderInput read() throws DataFormatException {
        int at = marker(2);
        while ((file[at] & 0xFF) != END_OF_IMAGE) {
            at = marker(segment(at));
        }
        if (frame == 0 || scans == 0) {
            throw DecoderInput.refused(name, "expected a scan, found the end marker at byte " + (at - 1));
        }
        int height = big16(file, frame + 5);
        int width = big16(file, frame + 7);
        int components = file[frame + 9] & 0xFF;
        ByteAssembly input = new ByteAssembly().add(0xFF, START_OF_IMAGE);
        if (components != 1) {
            input.add(0xFF, APP14, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, isLuma() ? 1 : 0);
        }
        byte[] bytes = input.add(kept).add(0xFF, END_OF_IMAGE).bytes();
        DecodedSamples samples = components != 4
                ? DecodedSamples.COLOURS
                : adobe == NO_ADOBE || adobe == 0 ? DecodedSamples.LIGHT : DecodedSamples.LUMA;
        return new DecoderInput(bytes, height, width, 0, 0, orientation, samples, scans);
    }

    /** Returns the code of the next marker at or after a byte: the byte that follows one or more 0xFF and is not 0. */
    private int marker(int from) throws DataFormatException {
        int at = from;
        while (at + 1 < file.length) {
            if ((file[at] & 0xFF) == 0xFF && file[at + 1] != 0 && (file[at + 1] & 0xFF) != 0xFF) {
                return at + 1;
            }
            at++;
        }
        throw DecoderInput.cutShort(name, "its end marker is missing after " + file.length + " bytes");
    }

    /** Reads the segment whose code is at a byte and returns its end. */
    private int segment(int at) throws DataFormatException {
        int marker = file[at] & 0xFF;
        if (marker == START_OF_IMAGE) {
            throw DecoderInput.refused(name, "expected one JPEG picture, found another at byte " + (at - 1));
        }
        if (marker == TEMPORARY || isRestart(marker)) {
            return at + 1;
        }
        int length = at + 2 < file.length ? big16(file, at + 1) : Integer.MAX_VALUE - at;
        if (length > file.length - at - 1) {
            throw DecoderInput.cutShort(
                    name, "segment " + Integer.toHexString(marker) + " at byte " + (at - 1) + " ends after the file");
        }
        if (length < 2) {
            throw DecoderInput.refused(
                    name, "expected a length of at least 2 at byte " + (at + 1) + ", found " + length);
        }
        int end = at + 1 + length;
        if (marker >= APP0 && marker <= APP15) {
            application(marker, at + 3, end);
            return end;
        }
        if (marker == COMMENT || marker == NUMBER_OF_LINES) {
            return end;
        }
        if (isStartOfFrame(marker)) {
            frame(at, end);
        } else if (marker == START_OF_SCAN) {
            end = scan(end);
        }
        kept.add(0xFF).add(file, at, end);
        return end;
    }

    /** Fails if all scans together have too many pixels. */
    static void requireWork(String name, long pixels) throws DataFormatException {
        if (pixels > MAX_WORK) {
            throw DecoderInput.refused(
                    name,
                    "expected at most " + MAX_WORK + " pixels in all scans together, found " + pixels + " or more");
        }
    }

    private void application(int marker, int content, int end) {
        int length = end - content;
        if (marker == APP0 && length >= 14) {
            jfif |= begins(content, "JFIF\0");
        } else if (marker == APP1 && length >= 14 && begins(content, "Exif")) {
            orientation = ExifOrientation.of(file, content + 6, end, orientation);
        } else if (marker == APP14 && length >= 12 && begins(content, "Adobe")) {
            adobe = file[content + 11] & 0xFF;
        }
    }

    private boolean begins(int at, String with) {
        for (int i = 0; i < with.length(); i++) {
            if (file[at + i] != with.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void frame(int at, int end) throws DataFormatException {
        if (frame != 0) {
            throw DecoderInput.refused(name, "expected one frame, found another at byte " + (at - 1));
        }
        int components = end - at < 9 ? 0 : file[at + 8] & 0xFF;
        if (end - at != 9 + 3 * components || components != 1 && components != 3 && components != 4) {
            throw DecoderInput.refused(
                    name, "expected a frame of 1, 3 or 4 components at byte " + (at - 1) + ", found " + components);
        }
        frame = at - 1;
        DecoderInput.requireSize(name, big16(file, at + 4), big16(file, at + 6));
    }

    /** Counts a scan whose header ends at a byte. Returns the end of its data: the next marker other than a restart. */
    private int scan(int header) throws DataFormatException {
        if (frame == 0) {
            throw DecoderInput.refused(name, "expected a frame before the first scan, found none");
        }
        scans++;
        if (scans > MAX_SCANS) {
            throw DecoderInput.refused(name, "expected at most " + MAX_SCANS + " scans, found more");
        }
        requireWork(name, (long) scans * big16(file, frame + 5) * big16(file, frame + 7));
        int at = marker(header);
        while (isRestart(file[at] & 0xFF)) {
            at = marker(at + 1);
        }
        return at - 1;
    }

    /** Returns whether three components are YCbCr, not RGB, by the rules of libjpeg's default_decompress_parms. */
    private boolean isLuma() {
        if ((file[frame + 9] & 0xFF) != 3) {
            return false;
        }
        if (jfif) {
            return true;
        }
        if (adobe != NO_ADOBE) {
            return adobe != 0;
        }
        return file[frame + 10] != 'R' || file[frame + 13] != 'G' || file[frame + 16] != 'B';
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xD0 && marker <= 0xD7;
    }

    /** Returns whether a marker starts a frame: C0 to CF, except the tables C4 and CC and the reserved C8. */
    private static boolean isStartOfFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }
}
