package dev.jzoo.inference.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Fixtures;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderTest {

    private static final PictureSize DIGIT = new PictureSize(28, 28, 1);

    @TempDir
    Path folder;

    static Stream<String> pictures() throws IOException {
        return Files.readAllLines(Fixtures.file("pictures.txt")).stream();
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void pixelsAreThoseOfPillow(String line) throws Exception {
        String[] parts = line.split(" ");
        PictureSize size =
                new PictureSize(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
        byte[] expected = HexFormat.of().parseHex(parts[4]);
        byte[] actual = PictureReader.read(Fixtures.file("pictures/" + parts[0]), size);
        // two JPEG decoders may differ by rounding; everything else is the same bit for bit
        int tolerance = parts[0].endsWith(".jpg") ? 2 : 0;
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            int difference = Math.abs((expected[i] & 0xFF) - (actual[i] & 0xFF));
            assertTrue(difference <= tolerance, parts[0] + " differs by " + difference + " at " + i);
        }
    }

    @Test
    void aPictureInMemoryGivesTheSamePixelsAsItsFile() throws Exception {
        for (String name : new String[] {"rgb.png", "grey.png", "palette.png", "rgba.png", "grey-16.png"}) {
            Path file = Fixtures.file("pictures/" + name);
            BufferedImage image = ImageIO.read(file.toFile());
            assertArrayEquals(PictureReader.read(file, DIGIT), PictureReader.pixels(image, DIGIT), name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_BGR,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_INT_ARGB_PRE,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_4BYTE_ABGR_PRE
            })
    void everyLayoutOfColoursInMemoryReadsTheSame(int type) {
        BufferedImage image = new BufferedImage(2, 1, type);
        image.setRGB(0, 0, 0xFF010203);
        image.setRGB(1, 0, 0xFFFF8000);
        assertArrayEquals(
                new byte[] {1, 2, 3, (byte) 255, (byte) 128, 0}, PictureReader.pixels(image, new PictureSize(1, 2, 3)));
    }

    @Test
    void transparentIsBlack() {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00FFFFFF);
        image.setRGB(1, 0, 0x80FFFFFF);
        assertArrayEquals(new byte[] {0, (byte) 128}, PictureReader.pixels(image, new PictureSize(1, 2, 1)));
    }

    @Test
    void greyIsNotBrightened() {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, 100);
        assertArrayEquals(new byte[] {100, 100, 100}, PictureReader.pixels(image, new PictureSize(1, 1, 3)));
    }

    @Test
    void aPartOfAPictureInMemoryIsReadAlone() {
        BufferedImage image = new BufferedImage(3, 3, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(1, 1, 0, 77);
        BufferedImage part = image.getSubimage(1, 1, 1, 1);
        assertArrayEquals(new byte[] {77}, PictureReader.pixels(part, new PictureSize(1, 1, 1)));
    }

    @Test
    void theRegionIsCentred() {
        BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < 4; x++) {
            image.getRaster().setSample(x, 0, 0, 10 * x);
            image.getRaster().setSample(x, 1, 0, 10 * x + 1);
        }
        assertArrayEquals(new byte[] {10, 20, 11, 21}, PictureReader.pixels(image, new PictureSize(2, 2, 1)));
    }

    @Test
    void whatIsNoPictureIsRefusedSayingWhatItLooksLike() throws Exception {
        Path file = folder.resolve("seven.png");
        refused(file, "seven", "expected a picture (PNG, JPEG, GIF, BMP or TIFF), found text (\"seven\")");
        refused(file, "", "expected a picture (PNG, JPEG, GIF, BMP or TIFF), found an empty file");
        refused(
                file,
                "RIFF1234WEBPVP8 ",
                "expected a picture (PNG, JPEG, GIF, BMP or TIFF), found a WebP picture, which is not supported; save it as PNG or JPEG");
    }

    private static void refused(Path file, String content, String problem) throws IOException {
        Files.writeString(file, content, StandardCharsets.ISO_8859_1);
        assertEquals(
                file + ": " + problem,
                assertThrows(DataFormatException.class, () -> PictureReader.read(file, DIGIT))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb.png",
                "grey.png",
                "palette.gif",
                "rgb.bmp",
                "rgb.jpg",
                "progressive.jpg",
                "cmyk.jpg",
                "rgb-16.png"
            })
    void aPictureCutShortIsRefusedNamingTheFile(String name) throws Exception {
        byte[] whole = Files.readAllBytes(Fixtures.file("pictures/" + name));
        for (int percent : new int[] {10, 30, 50, 70, 90}) {
            Path file = folder.resolve(name);
            Files.write(file, Arrays.copyOf(whole, whole.length * percent / 100));
            DataFormatException refusal = assertThrows(
                    DataFormatException.class, () -> PictureReader.read(file, DIGIT), name + " at " + percent + " %");
            assertTrue(refusal.getMessage().startsWith(file + ": "), refusal.getMessage());
            assertEquals(
                    refusal.getMessage(),
                    assertThrows(DataFormatException.class, () -> PictureReader.examine(file))
                            .getMessage());
        }
    }

    @Test
    void tooManyPixelsAreRefusedBeforeTheyAreDecoded() throws Exception {
        byte[] header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(1 << 30)
                .putInt(1 << 30)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        CRC32 crc = new CRC32();
        crc.update(header);
        byte[] png = ByteBuffer.allocate(8 + 4 + 17 + 4)
                .put(HexFormat.of().parseHex("89504e470d0a1a0a"))
                .putInt(13)
                .put(header)
                .putInt((int) crc.getValue())
                .array();
        Path file = folder.resolve("bomb.png");
        Files.write(file, png);
        assertEquals(
                file
                        + ": expected a picture of at most 64000000 pixels, found 1073741824 x 1073741824. Make it smaller",
                assertThrows(DataFormatException.class, () -> PictureReader.read(file, DIGIT))
                        .getMessage());
    }

    /** Rows: the positions of the sizes in each header, width first except in JPEG. */
    @ParameterizedTest
    @CsvSource({"palette.gif, 6, 8, 2, little", "rgb.jpg, SOF, SOF, 2, big", "rgb.png, 16, 20, 4, big"})
    void aPictureOfTwentyThousandSquaredIsRefusedByItsHeader(
            String name, String width, String height, int bytes, String order) throws Exception {
        byte[] picture = Files.readAllBytes(Fixtures.file("pictures/" + name));
        String hex = HexFormat.of().formatHex(picture);
        ByteBuffer header =
                ByteBuffer.wrap(picture).order(order.equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int[] places = width.equals("SOF")
                ? new int[] {hex.indexOf("ffc00011") / 2 + 5, hex.indexOf("ffc00011") / 2 + 7}
                : new int[] {Integer.parseInt(width), Integer.parseInt(height)};
        for (int place : places) {
            if (bytes == 2) {
                header.putShort(place, (short) 20_000);
            } else {
                header.putInt(place, 20_000);
            }
        }
        if (name.endsWith(".gif")) {
            // the frame's own size, after its separator and position
            int frame = hex.indexOf("2c00000000") / 2 + 5;
            header.putShort(frame, (short) 20_000).putShort(frame + 2, (short) 20_000);
        }
        if (name.endsWith(".png")) {
            CRC32 crc = new CRC32();
            crc.update(picture, 12, 17);
            header.putInt(29, (int) crc.getValue());
        }
        Path file = folder.resolve(name);
        Files.write(file, picture);
        String expected =
                file + ": expected a picture of at most 64000000 pixels, found 20000 x 20000. Make it smaller";
        assertEquals(
                expected,
                assertThrows(DataFormatException.class, () -> PictureReader.read(file, DIGIT))
                        .getMessage());
        assertEquals(
                expected,
                assertThrows(DataFormatException.class, () -> PictureReader.examine(file))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "rgb.png, PNG, 23, 37",
        "palette.gif, GIF, 20, 30",
        "rgb.bmp, BMP, 12, 12",
        "cmyk.jpg, JPEG, 24, 24",
        "orientation-1.jpg, JPEG, 8, 16",
        "orientation-6.jpg, JPEG, 16, 8"
    })
    void aPictureThatIsExaminedSaysWhatItIs(String name, String format, int height, int width) throws Exception {
        assertEquals(new PictureFacts(format, height, width), PictureReader.examine(Fixtures.file("pictures/" + name)));
    }

    /** A plug-in that claims to read every picture, before the JDK's readers. */
    private static final class Plugin extends ImageReaderSpi {

        Plugin() {
            super(
                    "a plug-in",
                    "1",
                    new String[] {"png"},
                    new String[] {"png"},
                    new String[] {"image/png"},
                    "none",
                    new Class<?>[] {ImageInputStream.class},
                    null,
                    false,
                    null,
                    null,
                    null,
                    null,
                    false,
                    null,
                    null,
                    null,
                    null);
        }

        @Override
        public boolean canDecodeInput(Object source) {
            return true;
        }

        @Override
        public ImageReader createReaderInstance(Object extension) {
            return new ImageReader(this) {
                @Override
                public int getNumImages(boolean search) {
                    return 1;
                }

                @Override
                public int getWidth(int index) {
                    return 1;
                }

                @Override
                public int getHeight(int index) {
                    return 1;
                }

                @Override
                public Iterator<ImageTypeSpecifier> getImageTypes(int index) {
                    return List.of(ImageTypeSpecifier.createGrayscale(8, DataBuffer.TYPE_BYTE, false))
                            .iterator();
                }

                @Override
                public IIOMetadata getStreamMetadata() {
                    return null;
                }

                @Override
                public IIOMetadata getImageMetadata(int index) {
                    return null;
                }

                @Override
                public BufferedImage read(int index, ImageReadParam param) {
                    return new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
                }
            };
        }

        @Override
        public String getDescription(Locale locale) {
            return "a plug-in";
        }
    }

    @Test
    void whatTheJdkReadsIsNotLeftToAPluginOfTheApplication() throws Exception {
        Path png = Fixtures.file("pictures/grey.png");
        Path other = Files.write(folder.resolve("other"), new byte[] {1, 2, 3});
        byte[] expected = PictureReader.read(png, DIGIT);
        IIORegistry registry = IIORegistry.getDefaultInstance();
        Plugin plugin = new Plugin();
        registry.registerServiceProvider(plugin);
        try {
            registry.getServiceProviders(ImageReaderSpi.class, true).forEachRemaining(spi -> {
                if (spi != plugin) {
                    registry.setOrdering(ImageReaderSpi.class, plugin, spi);
                }
            });
            assertArrayEquals(expected, PictureReader.read(png, DIGIT));
            assertEquals(1, PictureReader.examine(other).height());
        } finally {
            registry.deregisterServiceProvider(plugin);
        }
    }

    /**
     * Measures the allocation: 16 million pixels would be 48 MB decoded, which fits into the tests' JVM.
     */
    @Test
    void aLargePictureIsExaminedWithoutHoldingIt() throws Exception {
        BufferedImage image = new BufferedImage(4000, 4000, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < 4000; y += 7) {
            image.setRGB(y, y, 0xFFFFFF);
        }
        for (String format : new String[] {"jpg", "png", "bmp"}) {
            Path file = folder.resolve("large." + format);
            ImageIO.write(image, format, file.toFile());
            long size = Files.size(file);
            var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            assertEquals(4000, PictureReader.examine(file).width());
            long allocated = threads.getCurrentThreadAllocatedBytes() - before - 2 * size;
            assertTrue(allocated < 16_000_000, format + " took " + allocated + " bytes beside its file");
        }
    }

    @Test
    void aPictureThatDoesNotExistIsNotFound() {
        JZooException failure =
                assertThrows(JZooException.class, () -> PictureReader.read(folder.resolve("none.png"), DIGIT));
        assertEquals(JZooException.Code.NOT_FOUND, failure.code());
    }

    @Test
    void aPictureIsGreyOrColourAndHasPixels() {
        assertThrows(IllegalArgumentException.class, () -> new PictureSize(28, 28, 4));
        assertThrows(IllegalArgumentException.class, () -> new PictureSize(0, 28, 1));
    }
}
