package dev.jzoo.datasets.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {

    private static final byte[] TWO_IMAGES = IdxBytes.of(8, new int[] {2, 28, 28}, new byte[2 * 784]);
    private static final byte[] TWO_LABELS = IdxBytes.of(8, new int[] {2}, (byte) 7, (byte) 0);

    @TempDir
    Path folder;

    @Test
    void filesOfTheUserAreReadAndNotCalledMnist() throws IOException {
        byte[] bytes = TWO_IMAGES.clone();
        bytes[16 + 784] = (byte) 200;
        LabelledImages images =
                Mnist.read(IdxBytes.write(folder, "my-images", bytes), IdxBytes.write(folder, "my-labels", TWO_LABELS));
        assertEquals("mnist-like my-images: uint8 [2, 28, 28, 1], 10 labels", images.toString());
        assertArrayEquals(new int[] {7, 0}, images.labels());
        assertEquals(0, images.image(0)[0]);
        assertEquals((byte) 200, images.image(1)[0]);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(bytes);
        both.write(TWO_LABELS);
        assertEquals(Sha256.of(both.toByteArray()), images.provenance().sha256());
    }

    @Test
    void imagesAndLabelsOfDifferentCountsAreRefused() throws IOException {
        refused(
                TWO_IMAGES,
                IdxBytes.of(8, new int[] {3}, new byte[3]),
                "labels: byte 4: expected 2 labels, one for each image of " + folder.resolve("images") + ", found 3");
    }

    @Test
    void aLabelAboveNineIsRefusedNamingItsByte() throws IOException {
        refused(
                TWO_IMAGES,
                IdxBytes.of(8, new int[] {2}, (byte) 9, (byte) 10),
                "labels: byte 9: expected a label from 0 to 9, found 10");
        refused(
                TWO_IMAGES,
                IdxBytes.of(8, new int[] {2}, (byte) -1, (byte) 10),
                "labels: byte 8: expected a label from 0 to 9, found 255");
    }

    @Test
    void filesThatAreNoImagesOrNoLabelsAreRefused() throws IOException {
        refused(TWO_LABELS, TWO_LABELS, "images: byte 3: expected 3 dimensions (images), found 1");
        refused(TWO_IMAGES, TWO_IMAGES, "labels: byte 3: expected 1 dimension (labels), found 3");
        refused(
                IdxBytes.of(8, new int[] {2, 28, 14}, new byte[784]),
                TWO_LABELS,
                "images: byte 8: expected images of 28 x 28, found 28 x 14");
    }

    @Test
    void filesOfTheMirrorThatAreNotMnistAreRefusedByTheirDigest() throws IOException {
        Path mirror = Files.createDirectories(folder.resolve("mirror/mnist"));
        for (String name : List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte")) {
            try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(mirror.resolve(name + ".gz")))) {
                out.write(TWO_IMAGES);
            }
        }
        Store store = Store.open(
                new Settings(folder.resolve("home"), List.of(mirror.getParent().toUri()), true));
        var e = assertThrows(JZooException.class, () -> Mnist.train(store, ProgressListener.NONE));
        assertEquals(JZooException.Code.INTEGRITY, e.code());
    }

    private void refused(byte[] images, byte[] labels, String problem) throws IOException {
        Path imageFile = IdxBytes.write(folder, "images", images);
        Path labelFile = IdxBytes.write(folder, "labels", labels);
        var e = assertThrows(DataFormatException.class, () -> Mnist.read(imageFile, labelFile));
        assertEquals(folder.resolve(problem.split(":")[0]) + problem.substring(problem.indexOf(':')), e.getMessage());
    }
}
