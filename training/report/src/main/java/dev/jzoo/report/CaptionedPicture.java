package dev.jzoo.report;

/**
 * A small picture with what is to be said of it: a digit that was taken for another, a filter, a feature map. The page shows each
 * pixel as a crisp square.
 */
public final class CaptionedPicture {

    /** Pictures are shown at least about this large, in CSS pixels. */
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
     * A picture from unsigned bytes [height, width, channels], 0 black to 255 white; nothing of the array is kept.
     *
     * @param caption what is to be said of it, also to a reader who cannot see it
     * @param pixels height * width * channels values
     * @param channels 1 for grey, 3 for red, green, blue
     */
    public static CaptionedPicture of(String caption, byte[] pixels, int height, int width, int channels) {
        if (caption.isBlank()) {
            throw new IllegalArgumentException("A picture needs a caption, not a blank one.");
        }
        if (height < 1 || width < 1 || channels != 1 && channels != 3 || pixels.length != height * width * channels) {
            throw new IllegalArgumentException("Picture '" + caption + "' of [" + height + ", " + width + ", "
                    + channels
                    + "] needs a positive size, 1 or 3 channels, and one byte for each value; it has " + pixels.length
                    + " bytes.");
        }
        return new CaptionedPicture(caption, height, width, Png.address(pixels, height, width, channels));
    }

    /** The picture as HTML. */
    String html() {
        int scale = Math.max(1, Math.round((float) SHOWN / Math.max(height, width)));
        return "<figure class=\"picture\"><img alt=\"" + Markup.escape(caption) + "\" width=\"" + width * scale
                + "\" height=\"" + height * scale + "\" src=\"" + address + "\"/><figcaption>"
                + Markup.escape(caption) + "</figcaption></figure>\n";
    }
}
