package dev.jzoo.inference.pictures;

import static dev.jzoo.inference.pictures.ByteAssembly.big16;
import static dev.jzoo.inference.pictures.ByteAssembly.big32;
import static dev.jzoo.inference.pictures.ByteAssembly.little16;
import static dev.jzoo.inference.pictures.ByteAssembly.little32;

/** The orientation of the camera (EXIF 2.32, tag 0x0112), which the JDK's decoders ignore. */
final class ExifOrientation {

    private static final int TAG = 0x0112;

    private ExifOrientation() {}

    /**
     * Reads the orientation from a TIFF header, which has the byte order and the offset of a directory with entries of 12
     * bytes.
     *
     * @param otherwise the orientation if the directory has none
     * @return 1 to 8
     */
    static int of(byte[] file, int tiff, int end, int otherwise) {
        if (end - tiff < 8) {
            return otherwise;
        }
        boolean little = file[tiff] == 'I';
        long directory = tiff + Integer.toUnsignedLong(little ? little32(file, tiff + 4) : big32(file, tiff + 4));
        if (directory + 2 > end) {
            return otherwise;
        }
        int entries = read16(file, (int) directory, little);
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + 12L * i;
            if (entry + 12 > end) {
                return otherwise;
            }
            if (read16(file, (int) entry, little) == TAG) {
                int value = read16(file, (int) entry + 8, little);
                return value >= 1 && value <= 8 ? value : otherwise;
            }
        }
        return otherwise;
    }

    private static int read16(byte[] file, int at, boolean little) {
        return little ? little16(file, at) : big16(file, at);
    }
}
