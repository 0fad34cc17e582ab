package dev.jzoo.inference.pictures;

import dev.jzoo.zoo.error.DataFormatException;

/**
 * A picture's file after its structure was checked, as the decoder of the JDK is given it: without metadata, with what
 * the decoder would have to guess written out.
 *
 * @param bytes a file of the same format
 * @param height rows of the picture, before it is turned upright
 * @param width columns of it
 * @param top row of the picture at which what is decoded begins
 * @param left column of it
 * @param orientation 1 to 8 as in EXIF 2.32, tag 0x0112; 1 is upright
 * @param samples what the decoder's samples are
 * @param scans times that the decoder passes over all pixels
 */
record DecoderInput(
        byte[] bytes, int height, int width, int top, int left, int orientation, DecodedSamples samples, int scans) {

    /** Samples as the decoder gives them. */
    enum DecodedSamples {
        /** Those of the image's colour model. */
        COLOURS,
        /** Four bands, of which 255 is none of an ink. */
        LIGHT,
        /** As {@link #LIGHT}, the first three turned into luma and chroma. */
        LUMA
    }

    /** Of a picture that is decoded from its first row and column, in one pass, to the colours that it has. */
    static DecoderInput plain(byte[] bytes, int height, int width, int orientation) {
        return new DecoderInput(bytes, height, width, 0, 0, orientation, DecodedSamples.COLOURS, 1);
    }

    /** Fails for a size that no picture has, or that takes too much memory. */
    static void requireSize(String name, long height, long width) throws DataFormatException {
        if (width <= 0 || height <= 0) {
            throw new DataFormatException(
                    name,
                    "expected a picture that has pixels, found a header of " + width + " x " + height
                            + ". Save the picture anew, or remove the file");
        }
        if (height > PictureReader.MAX_PIXELS / width) {
            throw new DataFormatException(
                    name,
                    "expected a picture of at most " + PictureReader.MAX_PIXELS + " pixels, found " + width + " x "
                            + height + ". Make it smaller");
        }
    }

    /** A file that ends too early. */
    static DataFormatException cutShort(String name, String problem) {
        return new DataFormatException(name, "the picture is cut short: " + problem + ". Fetch or save it anew");
    }

    /** A file that breaks its format, or is of a kind that is not read. */
    static DataFormatException refused(String name, String problem) {
        return new DataFormatException(name, problem + ". Save it anew as PNG or JPEG");
    }
}
