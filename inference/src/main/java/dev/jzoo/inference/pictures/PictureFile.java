package dev.jzoo.inference.pictures;

import dev.jzoo.inference.pictures.DecoderInput.DecodedSamples;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.FileKind;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** The bytes of a file that should be a picture, with their decoding. */
final class PictureFile {

    static final long MAX_BYTES = 512L << 20;

    /**
     * Approximate number of pixels that are kept of a picture that is only checked for readability. It is decoded
     * completely.
     */
    private static final long ENOUGH = 1 << 20;

    private final String name;
    private final byte[] bytes;
    private final long seconds;

    /**
     * The result of the decoder.
     *
     * @param ground red, green and blue of the pixels that it did not decode
     */
    private record Decoded(Pixels pixels, int ground) {}

    /** An action on a reader positioned at the picture. */
    private interface ReaderAction<T> {
        T of(ImageReader reader, DecoderInput input) throws IOException;
    }

    /** Creates a picture file from bytes, which must not change, and a name for messages. */
    PictureFile(String name, byte[] bytes) {
        this(name, bytes, DecodingWatch.MAX_SECONDS);
    }

    /** Creates a picture file whose decoding is aborted after some seconds. */
    PictureFile(String name, byte[] bytes, long seconds) {
        this.name = name;
        this.bytes = bytes;
        this.seconds = seconds;
    }

    static PictureFile read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new JZooException(
                    JZooException.Code.NOT_FOUND, "There is no file " + file + ".", "Check the path for typos.");
        }
        if (Files.isDirectory(file)) {
            throw new DataFormatException(file, "expected a picture, found a folder");
        }
        if (!Files.isRegularFile(file)) {
            throw new DataFormatException(file, "expected a picture, found a pipe or a device");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new DataFormatException(
                    file, "expected a picture of at most " + MAX_BYTES + " bytes, found " + Files.size(file));
        }
        try {
            return new PictureFile(file.toString(), Files.readAllBytes(file));
        } catch (ClosedByInterruptException e) {
            throw DecodingWatch.interrupted(file.toString());
        } catch (OutOfMemoryError e) {
            throw DecoderInput.refused(file.toString(), "reading it takes more memory than available");
        }
    }

    /** Decodes the whole picture, upright. */
    Pixels decode() throws IOException {
        return open((reader, input) -> pixels(reader, input, 1).upright(input.orientation()));
    }

    /** Decodes the whole picture but keeps only a part. Fails whenever {@link #decode()} would. */
    PictureFacts facts() throws IOException {
        return open((reader, input) -> {
            int height = input.height();
            int width = input.width();
            decoded(reader, input, (int) Math.ceil(Math.sqrt((double) height * width / ENOUGH)));
            boolean onSide = input.orientation() >= 5;
            return new PictureFacts(
                    reader.getFormatName().toUpperCase(Locale.ROOT), onSide ? width : height, onSide ? height : width);
        });
    }

    private <T> T open(ReaderAction<T> use) throws IOException {
        try {
            Optional<DecoderInput> checked = structure();
            byte[] input = checked.map(DecoderInput::bytes).orElse(bytes);
            try (DecodingWatch watch = new DecodingWatch(name, input, seconds)) {
                T result = open(watch, checked, use);
                watch.requireGoingOn();
                return result;
            }
        } catch (OutOfMemoryError e) {
            throw DecoderInput.refused(name, "decoding it takes more memory than available");
        }
    }

    private <T> T open(DecodingWatch watch, Optional<DecoderInput> checked, ReaderAction<T> use) throws IOException {
        try {
            ImageReader reader = reader(watch);
            try {
                return use(reader, watch, checked, use);
            } finally {
                reader.dispose();
            }
        } catch (DataFormatException e) {
            // whatever the decoder returned or threw after the decoding was aborted
            watch.requireGoingOn();
            throw e;
        }
    }

    private Optional<DecoderInput> structure() throws DataFormatException {
        try {
            return checked();
        } catch (RuntimeException e) {
            throw DecoderInput.refused(name, "its structure cannot be read (" + e + ")");
        }
    }

    /**
     * Returns the decoder's input for a file in one of the JDK's formats; empty for plug-ins' formats, whose decoders get
     * the whole file.
     */
    private Optional<DecoderInput> checked() throws DataFormatException {
        if (begins(0xFF, 0xD8)) {
            return Optional.of(JpegSegments.check(name, bytes));
        }
        if (begins(0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
            return Optional.of(PngChunks.check(name, bytes));
        }
        if (begins('G', 'I', 'F', '8')) {
            return Optional.of(GifBlocks.check(name, bytes));
        }
        if (begins('B', 'M')) {
            return Optional.of(BmpHeader.check(name, bytes));
        }
        if (begins('I', 'I', 42, 0) || begins('M', 'M', 0, 42)) {
            return Optional.of(TiffDirectory.check(name, bytes));
        }
        return Optional.empty();
    }

    private boolean begins(int... with) {
        for (int i = 0; i < with.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != with[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the JDK's own reader if it has one, since an application's plug-in may compute other pixels than training saw.
     */
    private ImageReader reader(ImageInputStream in) throws DataFormatException {
        List<ImageReader> readers = new ArrayList<>();
        ImageIO.getImageReaders(in).forEachRemaining(readers::add);
        Module desktop = ImageIO.class.getModule();
        return readers.stream()
                .filter(reader -> reader.getClass().getModule().equals(desktop))
                .findFirst()
                .or(() -> readers.stream().findFirst())
                .orElseThrow(() -> {
                    String found = FileKind.describe(FileKind.head(bytes));
                    return new DataFormatException(
                            name,
                            "expected a picture (PNG, JPEG, GIF, BMP or TIFF), found " + found
                                    + (found.endsWith(" picture")
                                            ? ", which is not supported; save it as PNG or JPEG"
                                            : ""));
                });
    }

    private <T> T use(ImageReader reader, DecodingWatch watch, Optional<DecoderInput> checked, ReaderAction<T> use)
            throws IOException {
        try {
            reader.addIIOReadProgressListener(watch);
            reader.addIIOReadWarningListener(watch);
            reader.setInput(watch, true, true);
            DecoderInput input = checked.isPresent()
                    ? checked.get()
                    : DecoderInput.plain(bytes, reader.getHeight(0), reader.getWidth(0), 1);
            DecoderInput.requireSize(name, input.height(), input.width());
            T result = use.of(reader, input);
            watch.requireAllPixels(reader);
            return result;
        } catch (DataFormatException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError | AssertionError | InternalError e) {
            // damaged files make the JDK's decoders throw almost any exception
            throw DecoderInput.refused(
                    name,
                    "cannot be decoded as " + reader.getFormatName() + ": it is damaged or of a kind that the JDK"
                            + " does not support (" + e + ")");
        }
    }

    /** Returns the picture. Undecoded pixels are black, or a GIF's first colour if it has no transparent one. */
    private static Pixels pixels(ImageReader reader, DecoderInput input, int step) throws IOException {
        Decoded decoded = decoded(reader, input, step);
        Pixels pixels = decoded.pixels;
        if (pixels.size().height() == input.height() && pixels.size().width() == input.width()) {
            return pixels;
        }
        return pixels.placed(input, decoded.ground);
    }

    /** Decodes every step-th row and column. */
    private static Decoded decoded(ImageReader reader, DecoderInput input, int step) throws IOException {
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(step, step, 0, 0);
        if (input.samples() != DecodedSamples.COLOURS) {
            CmykEncoding inks = input.samples() == DecodedSamples.LUMA ? CmykEncoding.LUMA : CmykEncoding.LIGHT;
            return new Decoded(inks.pixels(reader.readRaster(0, param), 0), 0);
        }
        BufferedImage image = reader.read(0, param);
        boolean filled = image.getColorModel() instanceof IndexColorModel colours && !colours.hasAlpha();
        return new Decoded(Bitmap.pixels(image), filled ? image.getColorModel().getRGB(0) : 0);
    }
}
