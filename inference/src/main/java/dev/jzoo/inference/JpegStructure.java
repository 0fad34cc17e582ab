package dev.jzoo.inference;

/**
 * The two things about a JPEG file that the decoder of the JDK leaves out: how the camera was held (EXIF 2.32, tag
 * 0x0112), and whether the file ends where it should. The decoder fills what is missing with grey and says nothing.
 *
 * @param orientation 1 to 8; 1 is upright
 * @param complete whether the marker of the end is there
 */
record JpegStructure(int orientation, boolean complete) {

    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int APP1 = 0xE1;
    private static final int ORIENTATION_TAG = 0x0112;

    /** Reads the segments of a file that begins as a JPEG; what is odd in them is left to the decoder. */
    static JpegStructure of(byte[] file) {
        int orientation = 1;
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
                return new JpegStructure(orientation, hasEnd(file, end));
            }
            if (marker == APP1 && end <= file.length) {
                orientation = orientation(file, at + 4, end, orientation);
            }
            at = end;
        }
        return new JpegStructure(orientation, false);
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
