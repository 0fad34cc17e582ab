package dev.jzoo.inference.pictures;

import dev.jzoo.inference.OnnxModel;
import dev.jzoo.zoo.error.DataFormatException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The part of a picture that a classifier sees. A model trained with a framing other than {@link #CENTRED} names it in its
 * file's metadata, under {@value #METADATA}, so that {@link ImageClassifier} frames pictures as training did.
 */
public enum Framing {
    /** The largest centred region with the model's aspect ratio, resized. */
    CENTRED {
        @Override
        Placement place(int height, int width, PictureSize size) {
            boolean tooWide = (long) width * size.height() > (long) height * size.width();
            int w = tooWide ? share((long) height * size.width(), size.height()) : width;
            int h = tooWide ? height : share((long) width * size.height(), size.width());
            Crop crop = new Crop((height - h) / 2, (width - w) / 2, h, w, Crop.Facing.AS_IT_IS);
            return Placement.filled(crop, size);
        }
    },

    /**
     * The usual framing for ImageNet: the picture is resized so that 256/224 of the size fits, for example its shorter side
     * to 256 for 224 x 224; then the centre is cut out. Equal in every pixel to torchvision's Resize(256) and
     * CenterCrop(224) on Pillow's pictures.
     */
    IMAGENET {
        @Override
        Placement place(int height, int width, PictureSize size) {
            long h = (8L * size.height() * 2 + 7) / 14;
            long w = (8L * size.width() * 2 + 7) / 14;
            boolean byWidth = w * height >= h * width;
            long scaledHeight = byWidth ? w * height / width : h;
            long scaledWidth = byWidth ? w : h * width / height;
            return new Placement(
                    Crop.all(height, width),
                    scaledHeight,
                    scaledWidth,
                    (long) Math.rint((scaledHeight - size.height()) / 2.0),
                    (long) Math.rint((scaledWidth - size.width()) / 2.0),
                    size);
        }
    };

    /**
     * The key in the metadata of an {@code .onnx} file; its value is {@link #id()}. Without it the framing is {@link
     * #CENTRED}.
     */
    public static final String METADATA = "framing";

    /** Returns the placement of a picture of this size. */
    abstract Placement place(int height, int width, PictureSize size);

    /** Returns the name in metadata: "centred" or "imagenet". */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the framing from a file's metadata. Fails with DataFormatException if it is unknown. */
    static Framing of(OnnxModel model) throws DataFormatException {
        String id = model.metadata().getOrDefault(METADATA, CENTRED.id());
        for (Framing framing : values()) {
            if (framing.id().equals(id)) {
                return framing;
            }
        }
        throw new DataFormatException(
                model.name(),
                "metadata " + METADATA + ": expected "
                        + Arrays.stream(values()).map(Framing::id).collect(Collectors.joining(" or ")) + ", found '"
                        + id
                        + "'");
    }

    private static int share(long product, int divisor) {
        return (int) Math.max(1, (2 * product + divisor) / (2L * divisor));
    }
}
