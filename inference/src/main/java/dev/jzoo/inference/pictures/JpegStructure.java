package dev.jzoo.inference.pictures;

/**
 * What the decoder of the JDK leaves out about a JPEG file: how the camera was held (EXIF 2.32, tag 0x0112), whether
 * the file ends where it should, since the decoder fills what is missing with grey and says nothing, and which
 * colours its components are, which it does not always know.
 *
 * @param orientation 1 to 8; 1 is upright
 * @param components 1 for grey, 3 for colours, 4 for inks; 0 where the file does not say
 * @param adobeTransform of the Adobe marker (Adobe Technical Note 5116): 0 as they are, 1 YCbCr, 2 YCCK; -1 without
 *     marker
 * @param complete whether the marker of the end is there
 */
record JpegStructure(int orientation, int components, int adobeTransform, boolean complete) {

    /** That of a file that is no JPEG. */
    static final JpegStructure NONE = new JpegStructure(1, 0, -1, true);

    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int ORIENTATION_TAG = 0x0112;

    /** Reads the segments of a file that begins as a JPEG; what is odd in them is left to the decoder. */
    static JpegStructure of(byte[] file) {
        int orientation = 1;
        int components = 0;
        int transform = -1;
        int at = 2;
        while (at + 4 <= file.length && (file[at] & 0xFF) == 0xFF) {
            int marker = file[at + 1] & 0xFF;
            if (marker == 0xFF) {
                at++; // padding
                continue;
            }
            int end = at + 2 + bigEndian16(file, at + 2);
            if (marker == START_OF_SCAN) {
                // inside of a scan 0xFF is followed by 0 or a restart marker: the first D9 after it is the end
                return new JpegStructure(orientation, components, transform, hasEnd(file, end));
            }
            if (marker == APP1 && end <= file.length) {
                orientation = orientation(file, at + 4, end, orientation);
            } else if (marker == APP14 && end <= file.length && end - at >= 16 && isAdobe(file, at + 4)) {
                transform = file[at + 15] & 0xFF;
            } else if (isStartOfFrame(marker) && at + 10 <= file.length) {
                components = file[at + 9] & 0xFF;
            }
            at = end;
        }
        return new JpegStructure(orientation, components, transform, false);
    }

    /** C0 to CF, without the tables among them (C4, CC) and C8, which is reserved. */
    private static boolean isStartOfFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static boolean isAdobe(byte[] file, int at) {
        return file[at] == 'A'
                && file[at + 1] == 'd'
                && file[at + 2] == 'o'
                && file[at + 3] == 'b'
                && file[at + 4] == 'e';
    }

    private static boolean hasEnd(byte[] file, int from) {
        for (int i = from; i + 1 < file.length; i++) {
            if ((file[i] & 0xFF) == 0xFF && (file[i + 1] & 0xFF) == END_OF_IMAGE) {
                return true;
            }
        }
        return false;
    }

    /** "Exif", two zeros, a TIFF header with the byte order and the offset of the directory, entries of 12 bytes. */
    private static int orientation(byte[] file, int start, int end, int otherwise) {
        int tiff = start + 6;
        if (end - tiff < 8 || file[start] != 'E' || file[start + 1] != 'x' || file[start + 2] != 'i') {
            return otherwise;
        }
        boolean little = file[tiff] == 'I';
        long directory = tiff
                + ((long) read16(file, tiff + (little ? 6 : 4), little) << 16)
                + read16(file, tiff + (little ? 4 : 6), little);
        if (directory + 2 > end) {
            return otherwise;
        }
        int entries = read16(file, (int) directory, little);
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + 12L * i;
            if (entry + 12 > end) {
                return otherwise;
            }
            if (read16(file, (int) entry, little) == ORIENTATION_TAG) {
                int value = read16(file, (int) entry + 8, little);
                return value >= 1 && value <= 8 ? value : otherwise;
            }
        }
        return otherwise;
    }

    private static int read16(byte[] file, int at, boolean little) {
        return little ? (file[at] & 0xFF) | (file[at + 1] & 0xFF) << 8 : bigEndian16(file, at);
    }

    private static int bigEndian16(byte[] file, int at) {
        return (file[at] & 0xFF) << 8 | (file[at + 1] & 0xFF);
    }
}
