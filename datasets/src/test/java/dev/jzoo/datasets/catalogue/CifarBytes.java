package dev.jzoo.datasets.catalogue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Files in the layout of CIFAR-10. */
final class CifarBytes {

    private CifarBytes() {}

    /** Returns records of random pixels. */
    static byte[] records(int seed, int... labels) {
        byte[] records = new byte[labels.length * 3073];
        new Random(seed).nextBytes(records);
        for (int i = 0; i < labels.length; i++) {
            records[i * 3073] = (byte) labels[i];
        }
        return records;
    }

    /** Returns an entry of single-colour pictures. */
    static byte[] jpegs(int side, Map<Integer, Integer> colourOfLabel) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (Map.Entry<Integer, Integer> picture : colourOfLabel.entrySet()) {
            BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
            for (int p = 0; p < side * side; p++) {
                image.setRGB(p % side, p / side, picture.getValue());
            }
            ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
            ImageIO.write(image, "jpeg", jpeg);
            out.writeByte(picture.getKey());
            out.writeShort(jpeg.size());
            out.write(jpeg.toByteArray());
        }
        return bytes.toByteArray();
    }

    static Path zip(Path file, String name, byte[] entry) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry(name));
            out.write(entry);
        }
        return file;
    }
}
