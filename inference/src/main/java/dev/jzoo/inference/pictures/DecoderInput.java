package dev.jzoo.inference.pictures;

import dev.jzoo.zoo.error.DataFormatException;

/**
 * A picture's file prepared for the JDK's decoder after its structure was checked: without metadata, and explicit where the
 * decoder would have to guess.
 *
 * @param bytes a file of the same format
 * @param height rows of the picture, before it is turned upright
 * @param width columns of the picture, before it is turned upright
 * @param top row of the picture where the decoded part begins
 * @param left column of the picture where the decoded part begins
 * @param orientation 1 to 8 as in EXIF 2.32, tag 0x0112; 1 is upright
 * @param samples meaning of the decoder's samples
 * @param scans number of times that the decoder passes over all pixels
 */
record DecoderInput(
        byte[] bytes, int height, int width, int top, int left, int orientation, DecodedSamples samples, int scans) {

    /** The meaning of the decoder's samples. */
    enum DecodedSamples {
        /** Samples of the image's colour model. */
        COLOURS,
        /** Four bands, where 255 means without ink. */
        LIGHT,
        /** Like {@link #LIGHT}, with the first three bands converted to luma and chroma. */
        LUMA
    }

    /** Returns the input for a picture that is decoded completely, in one pass, to its own colours. */
    static DecoderInput plain(byte[] bytes, int height, int width, int orientation) {
        return new DecoderInput(bytes, height, width, 0, 0, orientation, DecodedSamples.COLOURS, 1);
    }

    /** Fails if a size is not positive or needs too much memory. */
    static void requireSize(String name, long height, long width) throws DataFormatException {
        if (width <= 0 || height <= 0) {
            throw new DataFormatException(
                    name,
                    "expected a picture with at least one pixel, found a header of " + width + " x " + height
                            + ". Save the picture again, or remove the file");
        }
        if (height > PictureReader.MAX_PIXELS / width) {
            throw new DataFormatException(
                    name,
                    "expected a picture of at most " + PictureReader.MAX_PIXELS + " pixels, found " + width + " x "
                            + height + ". Make it smaller");
        }
    }

    /** Returns the failure for a file that ends too early. */
    static DataFormatException cutShort(String name, String problem) {
        return new DataFormatException(name, "the picture is truncated: " + problem + ". Download or save it again");
    }

    /** Returns the failure for a file that violates its format or is of an unsupported kind. */
    static DataFormatException refused(String name, String problem) {
        return new DataFormatException(name, problem + ". Save it again as PNG or JPEG");
    }
}
