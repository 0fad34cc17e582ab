package dev.jzoo.inference.pictures;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.FileKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The bytes of a file that should be a picture, and their decoding. */
final class PictureFile {

    private static final long MAX_BYTES = 512L << 20;

    /**
     * A picture that is only to be proved readable is decoded in full, and no more than about so many pixels of it
     * kept.
     */
    private static final long ENOUGH = 1 << 20;

    private final String name;
    private final byte[] bytes;

    /** What is wanted of a reader that stands at the picture. */
    private interface ReaderAction<T> {
        T of(ImageReader reader, JpegStructure structure) throws IOException;
    }

    /** A file in memory, which stays as it is; the name is what messages call it. */
    PictureFile(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    static PictureFile read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new JZooException(
                    JZooException.Code.NOT_FOUND, "There is no file " + file + ".", "Check the path for a slip.");
        }
        if (Files.isDirectory(file)) {
            throw new DataFormatException(file, "expected a picture, found a folder");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new DataFormatException(
                    file, "expected a picture of at most " + MAX_BYTES + " bytes, found " + Files.size(file));
        }
        return new PictureFile(file.toString(), Files.readAllBytes(file));
    }

    /** All of it, upright. */
    Pixels decode() throws IOException {
        return open((reader, structure) -> pixels(reader, structure, 1).upright(structure.orientation()));
    }

    /** Decodes all of it and keeps little. Fails where {@link #decode()} would. */
    PictureFacts facts() throws IOException {
        return open((reader, structure) -> {
            int height = reader.getHeight(0);
            int width = reader.getWidth(0);
            pixels(reader, structure, (int) Math.ceil(Math.sqrt((double) height * width / ENOUGH)));
            boolean onSide = structure.orientation() >= 5;
            return new PictureFacts(
                    reader.getFormatName().toUpperCase(Locale.ROOT), onSide ? width : height, onSide ? height : width);
        });
    }

    private <T> T open(ReaderAction<T> use) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            ImageReader reader = reader(in);
            try {
                reader.setInput(in, true, true);
                return use(reader, use);
            } finally {
                reader.dispose();
            }
        }
    }

    /**
     * The JDK's own where it has one, since a plug-in of the application may compute other pixels than training saw.
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
                            "expected a picture (PNG, JPEG, GIF or BMP), found " + found
                                    + (found.endsWith(" picture")
                                            ? ", which is not read: save it as PNG or JPEG"
                                            : ""));
                });
    }

    private <T> T use(ImageReader reader, ReaderAction<T> use) throws IOException {
        try {
            boolean jpeg = reader.getFormatName().equalsIgnoreCase("jpeg");
            JpegStructure structure = jpeg ? JpegStructure.of(bytes) : JpegStructure.NONE;
            if (!structure.complete()) {
                throw new DataFormatException(name, "the JPEG picture is cut short: its end marker is missing");
            }
            long width = reader.getWidth(0);
            long height = reader.getHeight(0);
            if (width * height > PictureReader.MAX_PIXELS) {
                throw new DataFormatException(
                        name,
                        "expected a picture of at most " + PictureReader.MAX_PIXELS + " pixels, found " + width + " x "
                                + height);
            }
            return use.of(reader, structure);
        } catch (DataFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // damaged files make the decoders of the JDK throw nearly anything
            throw new DataFormatException(
                    name,
                    "cannot be decoded as " + reader.getFormatName() + ": it is damaged or of a kind that the JDK"
                            + " does not read (" + e + ")");
        }
    }

    /** Every step-th row and column. */
    private static Pixels pixels(ImageReader reader, JpegStructure structure, int step) throws IOException {
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(step, step, 0, 0);
        return structure.components() == 4
                ? CmykEncoding.of(structure).pixels(reader.readRaster(0, param), 0)
                : Bitmap.pixels(reader.read(0, param));
    }
}
