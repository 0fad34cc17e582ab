package dev.jzoo.inference.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that unusually encoded pictures have the same pixels as in Pillow 12.3. */
class OddPicturesTest {

    private static final Path CASES = Path.of("src/test/resources/cases/pictures");

    static Stream<Path> odd() throws IOException {
        try (Stream<Path> files = Files.list(CASES.resolve("odd"))) {
            return files.filter(file -> Files.exists(expected(file))).sorted().toList().stream();
        }
    }

    private static Path expected(Path file) {
        return file.resolveSibling(file.getFileName() + ".rgb");
    }

    @ParameterizedTest
    @MethodSource("odd")
    void pixelsAreThoseOfPillow(Path file) throws Exception {
        requirePixels(file, Files.readAllBytes(expected(file)));
    }

    @Test
    void componentsWithoutMarkersAreLumaAndChroma() throws Exception {
        Path file = CASES.resolve("ids_012_nojfif.jpg");
        requirePixels(file, Files.readAllBytes(expected(file)));
    }

    @Test
    void bytesBeforeATableArePassedOver() throws Exception {
        // the same picture as in the other test, with the usual markers
        requirePixels(
                CASES.resolve("junk_before_dqt.jpg"), Files.readAllBytes(CASES.resolve("ids_012_nojfif.jpg.rgb")));
    }

    @Test
    void aProfileThatIsThereTwiceDoesNotMatter() throws Exception {
        requirePixels(CASES.resolve("icc_duplicate.jpg"), Files.readAllBytes(CASES.resolve("ids_012_nojfif.jpg.rgb")));
    }

    @Test
    void aFrameIsPlacedOnItsScreen() throws Exception {
        Path file = CASES.resolve("offset_frame.gif");
        Picture picture = Picture.read(file);
        assertEquals("12 x 16", picture.height() + " x " + picture.width());
        assertEquals(new PictureFacts("GIF", 12, 16), PictureReader.examine(file));
        byte[] pixels = picture.pixels(new PictureSize(12, 16, 3), Framing.CENTRED);
        // red is the first colour of its palette; Pillow fills with it too
        assertEquals("255 0 0", (pixels[0] & 0xFF) + " " + pixels[1] + " " + pixels[2]);
    }

    private static void requirePixels(Path file, byte[] expected) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(expected);
        int height = header.getInt();
        int width = header.getInt();
        Picture picture = Picture.read(file);
        assertEquals(height + " x " + width, picture.height() + " x " + picture.width(), file.toString());
        assertEquals(
                height + " x " + width,
                PictureReader.examine(file).height() + " x "
                        + PictureReader.examine(file).width());
        byte[] actual = picture.pixels(new PictureSize(height, width, 3), Framing.CENTRED);
        String name = file.getFileName().toString();
        // two JPEG decoders may differ by rounding, Pillow truncates 5 bits to 8; everything else is the same bit for
        // bit
        int tolerance = name.contains("jp") ? 3 : name.equals("bits-16.bmp") ? 1 : 0;
        assertEquals(expected.length - 8, actual.length);
        int most = 0;
        for (int i = 0; i < actual.length; i++) {
            most = Math.max(most, Math.abs((expected[i + 8] & 0xFF) - (actual[i] & 0xFF)));
        }
        assertTrue(most <= tolerance, file + " differs by " + most);
    }
}
