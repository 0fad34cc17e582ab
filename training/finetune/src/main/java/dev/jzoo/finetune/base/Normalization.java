package dev.jzoo.finetune.base;

import dev.jzoo.export.PixelInput;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Pixel convention of an image network. These values cover nearly all networks. A file with floating-point input does
 * not state which one it uses.
 */
public enum Normalization {
    /** Red, green, blue, 0 to 1, minus the mean of ImageNet, divided by its deviation: PyTorch and the ONNX Model Zoo. */
    IMAGENET("imagenet", PixelRange.IMAGENET, false),
    /** Red, green, blue, -1 to 1: TensorFlow. */
    SIGNED("signed", PixelRange.SIGNED, false),
    /** Red, green, blue, 0 to 1. */
    UNIT("unit", PixelRange.UNIT, false),
    /** Red, green, blue, 0 to 255. */
    BYTES("bytes", PixelRange.BYTES, false),
    /** Like {@link #IMAGENET}, but blue first. */
    IMAGENET_BGR("imagenet-bgr", PixelRange.IMAGENET, true),
    /** Like {@link #SIGNED}, but blue first. */
    SIGNED_BGR("signed-bgr", PixelRange.SIGNED, true),
    /** Like {@link #UNIT}, but blue first. */
    UNIT_BGR("unit-bgr", PixelRange.UNIT, true),
    /** Like {@link #BYTES}, but blue first. */
    BYTES_BGR("bytes-bgr", PixelRange.BYTES, true);

    private enum PixelRange {
        IMAGENET("0 to 1 minus the mean of ImageNet, divided by its deviation"),
        SIGNED("-1 to 1"),
        UNIT("0 to 1"),
        BYTES("0 to 255");

        private final String words;

        PixelRange(String words) {
            this.words = words;
        }
    }

    private static final List<Float> MEAN = List.of(0.485f, 0.456f, 0.406f);
    private static final List<Float> DEVIATION = List.of(0.229f, 0.224f, 0.225f);
    /** The mean of the three channels, with the weights of the conversion to grey. */
    private static final float GREY_MEAN = 0.459f;

    private static final float GREY_DEVIATION = 0.226f;

    private final String id;
    private final PixelRange range;
    private final boolean blueFirst;

    Normalization(String id, PixelRange range, boolean blueFirst) {
        this.id = id;
        this.range = range;
        this.blueFirst = blueFirst;
    }

    /** Returns the convention with this name. Fails with IllegalArgumentException, naming all conventions. */
    public static Normalization of(String id) {
        return Arrays.stream(values())
                .filter(normalization -> normalization.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown normalization '" + id + "'. Choose one of "
                        + Arrays.stream(values()).map(Normalization::id).collect(Collectors.joining(", ")) + "."));
    }

    /** Returns the conventions for pictures with 3 channels, or with 1, which has no order. */
    public static List<Normalization> of(int channels) {
        return Arrays.stream(values())
                .filter(normalization -> channels == 3 || !normalization.blueFirst)
                .toList();
    }

    /** Returns the name: "imagenet-bgr". */
    public String id() {
        return id;
    }

    /** Returns whether blue is the first channel. */
    public boolean isBlueFirst() {
        return blueFirst;
    }

    /** Returns whether it differs from another at most in the order of the channels. */
    public boolean isOfRange(Normalization other) {
        return range == other.range;
    }

    /** Describes the convention: "red, green, blue in -1 to 1". */
    public String words() {
        return (blueFirst ? "blue, green, red in " : "red, green, blue in ") + range.words;
    }

    /** Returns the nodes for a picture whose channels are in this convention's order. */
    PixelInput pixels(int height, int width, int channels, PixelInput.PixelLayout layout) {
        return switch (range) {
            case UNIT -> PixelInput.unit(height, width, channels, layout);
            case SIGNED -> uniform(0.5f, 0.5f, height, width, channels, layout);
            case BYTES -> uniform(0, 1 / 255f, height, width, channels, layout);
            case IMAGENET ->
                channels == 1
                        ? uniform(GREY_MEAN, GREY_DEVIATION, height, width, channels, layout)
                        : new PixelInput(height, width, channels, ordered(MEAN), ordered(DEVIATION), layout);
        };
    }

    private List<Float> ordered(List<Float> values) {
        return blueFirst ? List.of(values.get(2), values.get(1), values.get(0)) : values;
    }

    private static PixelInput uniform(
            float mean, float deviation, int height, int width, int channels, PixelInput.PixelLayout layout) {
        List<Float> means = Collections.nCopies(channels, mean);
        List<Float> deviations = Collections.nCopies(channels, deviation);
        return new PixelInput(height, width, channels, means, deviations, layout);
    }
}
