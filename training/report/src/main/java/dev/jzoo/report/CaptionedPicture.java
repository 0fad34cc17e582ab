package dev.jzoo.report;

/** A small picture with a caption: a misclassified digit, a filter, a feature map. The page shows each pixel as a crisp square. */
public final class CaptionedPicture {

    /** The approximate minimum size at which pictures are shown, in CSS pixels. */
    private static final int SHOWN = 84;

    private final String caption;
    private final int height;
    private final int width;
    private final String address;

    private CaptionedPicture(String caption, int height, int width, String address) {
        this.caption = caption;
        this.height = height;
        this.width = width;
        this.address = address;
    }

    /**
     * Creates a picture from unsigned bytes [height, width, channels], 0 black to 255 white. Does not keep the array.
     *
     * @param caption a description, also for readers who cannot see the picture
     * @param pixels height * width * channels values
     * @param channels 1 for grey, 3 for red, green, blue
     */
    public static CaptionedPicture of(String caption, byte[] pixels, int height, int width, int channels) {
        if (caption.isBlank()) {
            throw new IllegalArgumentException("The caption of a picture must not be blank.");
        }
        if (height < 1 || width < 1 || channels != 1 && channels != 3 || pixels.length != height * width * channels) {
            throw new IllegalArgumentException("Picture '" + caption + "' of [" + height + ", " + width + ", "
                    + channels
                    + "] must have a positive size, 1 or 3 channels, and one byte per value, not " + pixels.length
                    + " bytes.");
        }
        return new CaptionedPicture(caption, height, width, Png.address(pixels, height, width, channels));
    }

    /** Returns the picture as HTML. */
    String html() {
        int scale = Math.max(1, Math.round((float) SHOWN / Math.max(height, width)));
        return "<figure class=\"picture\"><img alt=\"" + Markup.escape(caption) + "\" width=\"" + width * scale
                + "\" height=\"" + height * scale + "\" src=\"" + address + "\"/><figcaption>"
                + Markup.escape(caption) + "</figcaption></figure>\n";
    }
}
