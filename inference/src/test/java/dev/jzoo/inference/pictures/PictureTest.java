package dev.jzoo.inference.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.inference.Fixtures;
import dev.jzoo.inference.pictures.Crop.Facing;
import dev.jzoo.zoo.error.DataFormatException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PictureTest {

    static Stream<String> views() throws IOException {
        return Files.readAllLines(Fixtures.file("views.txt")).stream();
    }

    @ParameterizedTest
    @MethodSource("views")
    void viewsAreThoseOfTorchvisionOnPillow(String line) throws Exception {
        String[] parts = line.split(",");
        Picture picture = Picture.read(Fixtures.file("pictures/" + parts[0]));
        PictureSize size =
                new PictureSize(Integer.parseInt(parts[2]), Integer.parseInt(parts[3]), Integer.parseInt(parts[4]));
        byte[] actual = parts[1].equals("imagenet")
                ? picture.pixels(size, Framing.IMAGENET)
                : picture.pixels(size, crop(parts[1].split(" "), Facing.AS_IT_IS));
        assertArrayEquals(HexFormat.of().parseHex(parts[5]), actual, parts[0] + " " + parts[1] + " " + size);
    }

    @Test
    void aMirroredCropHasLeftAndRightExchanged() throws Exception {
        Picture picture = Picture.read(Fixtures.file("pictures/wide.png"));
        PictureSize size = new PictureSize(9, 12, 3);
        byte[] plain = picture.pixels(size, new Crop(3, 5, 40, 52, Facing.AS_IT_IS));
        byte[] mirrored = picture.pixels(size, new Crop(3, 5, 40, 52, Facing.MIRRORED));
        for (int y = 0; y < 9; y++) {
            for (int x = 0; x < 12; x++) {
                int there = (y * 12 + x) * 3;
                int here = (y * 12 + 11 - x) * 3;
                assertArrayEquals(
                        Arrays.copyOfRange(plain, there, there + 3), Arrays.copyOfRange(mirrored, here, here + 3));
            }
        }
    }

    @Test
    void bytesAreDecodedAsTheirFileIs() throws Exception {
        PictureSize size = new PictureSize(8, 16, 3);
        Path file = Fixtures.file("pictures/tall.png");
        assertArrayEquals(
                PictureReader.read(file, size),
                Picture.decode(Files.readAllBytes(file), "tall").pixels(size, Framing.CENTRED));
        DataFormatException e =
                assertThrows(DataFormatException.class, () -> Picture.decode("no picture".getBytes(), "The upload"));
        assertEquals(
                "The upload: expected a picture (PNG, JPEG, GIF, BMP or TIFF), found text (\"no picture\")",
                e.getMessage());
    }

    @Test
    void theCentredFramingIsWhatThePictureReaderGives() throws Exception {
        PictureSize size = new PictureSize(8, 16, 3);
        assertArrayEquals(
                PictureReader.read(Fixtures.file("pictures/tall.png"), size),
                Picture.read(Fixtures.file("pictures/tall.png")).pixels(size, Framing.CENTRED));
    }

    /** The aspect ratio of a model that does not take squares is kept: 16 x 8 of 8 x 4 squares, without the border. */
    @Test
    void theFramingOfImageNetKeepsTheRatioOfAModelThatIsNoSquare() {
        BufferedImage image = new BufferedImage(80, 40, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 80; x++) {
                image.getRaster().setSample(x, y, 0, (x / 5 + 16 * (y / 5)) * 2);
            }
        }
        byte[] pixels = Picture.of(image).pixels(new PictureSize(7, 14, 1), Framing.IMAGENET);
        for (int y = 0; y < 7; y++) {
            for (int x = 0; x < 14; x++) {
                // 8 x 16 after the resize, whose pixels are averages over a triangle of the squares around; rint(0.5)
                // is 0
                int square = (x + 1 + 16 * y) * 2;
                if (y > 0) {
                    assertEquals(square, pixels[y * 14 + x] & 0xFF, 2, y + ", " + x);
                }
            }
        }
    }

    @Test
    void aPictureAsThinAsALineHasViewsToo() {
        BufferedImage line = new BufferedImage(60_000, 1, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < 60_000; x++) {
            line.getRaster().setSample(x, 0, 0, 200);
        }
        for (Framing framing : Framing.values()) {
            byte[] pixels = Picture.of(line).pixels(new PictureSize(224, 224, 1), framing);
            assertEquals(224 * 224, pixels.length);
            assertEquals((byte) 200, pixels[12_345]);
        }
    }

    @Test
    void aCropThatIsNotWithinThePictureIsRefused() throws Exception {
        Picture picture = Picture.read(Fixtures.file("pictures/wide.png"));
        assertEquals(61, picture.height());
        assertEquals(97, picture.width());
        PictureSize size = new PictureSize(4, 4, 3);
        assertThrows(
                IllegalArgumentException.class,
                () -> picture.pixels(size, crop("c 1 0 61 97".split(" "), Facing.AS_IT_IS)));
        assertThrows(
                IllegalArgumentException.class,
                () -> picture.pixels(size, crop("c 0 97 1 1".split(" "), Facing.AS_IT_IS)));
        assertThrows(IllegalArgumentException.class, () -> new Crop(0, -1, 1, 1, Facing.AS_IT_IS));
        assertThrows(IllegalArgumentException.class, () -> new Crop(0, 0, 0, 1, Facing.AS_IT_IS));
    }

    private static Crop crop(String[] words, Facing facing) {
        return new Crop(
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]),
                facing);
    }
}
