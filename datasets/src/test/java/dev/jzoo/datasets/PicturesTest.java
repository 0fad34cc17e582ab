package dev.jzoo.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * The pictures in docs/pictures are drawn by this module: greyscale, 280 x 280, white on black. {@code mvn test -pl datasets
 * -Dtest=PicturesTest -Dpictures.renew} draws them again.
 */
class PicturesTest {

    static final int SIZE = 280;
    static final Path FOLDER = Path.of("..", "docs", "pictures");
    static final List<String> NAMES =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

    @Test
    void thePicturesInTheRepositoryAreTheDrawnDigits() throws IOException {
        for (int digit = 0; digit < 10; digit++) {
            Path file = FOLDER.resolve(NAMES.get(digit) + ".png");
            byte[] drawn = ProceduralDigits.picture(digit, SIZE);
            if (System.getProperty("pictures.renew") != null) {
                write(drawn, file);
            }
            // pixels are compared, not files: the compression of PNG differs between versions of Java
            assertArrayEquals(drawn, read(file), file.toString());
        }
    }

    private static void write(byte[] pixels, Path file) throws IOException {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, SIZE, SIZE, pixels);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    static byte[] read(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        assertEquals(BufferedImage.TYPE_BYTE_GRAY, image.getType(), file + " is greyscale, 8 bits");
        assertEquals(SIZE, image.getWidth());
        assertEquals(SIZE, image.getHeight());
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }
}
