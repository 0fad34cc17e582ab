package dev.jzoo.datasets.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.Shuffler;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * The pictures in docs/pictures, which this module draws: greyscale, 280 x 280, white on black.
 * {@code mvn test -pl datasets -Dtest=PicturesTest -Dpictures.renew} draws them again.
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
            // compare pixels and not files, because PNG compression differs between Java versions
            assertArrayEquals(drawn, read(file), file.toString());
        }
    }

    @Test
    void aModelOfDrawnDigitsRecognisesEveryPicture() throws IOException {
        LabelledImages train = ProceduralDigits.generate(6_000, 1);
        SoftmaxRegression model = new SoftmaxRegression();
        for (int epoch = 0; epoch < 5; epoch++) {
            model.train(train, Shuffler.permutation(train.size(), 1, epoch));
        }
        for (int digit = 0; digit < 10; digit++) {
            Path file = FOLDER.resolve(NAMES.get(digit) + ".png");
            assertEquals(digit, model.classify(shrink(read(file))), file.toString());
        }
    }

    /** Shrinks 280 x 280 to 28 x 28 by the mean of each square of 10 x 10. */
    static byte[] shrink(byte[] picture) {
        byte[] small = new byte[28 * 28];
        for (int row = 0; row < 28; row++) {
            for (int column = 0; column < 28; column++) {
                int sum = 0;
                for (int i = 0; i < 100; i++) {
                    sum += Byte.toUnsignedInt(picture[(row * 10 + i / 10) * SIZE + column * 10 + i % 10]);
                }
                small[row * 28 + column] = (byte) Math.round(sum / 100.0);
            }
        }
        return small;
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
