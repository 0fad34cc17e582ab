package dev.jzoo.datasets.catalogue;

import dev.jzoo.datasets.DataSet;
import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.datasets.Shuffler;
import dev.jzoo.zoo.file.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;

/**
 * Drawn digits, a stand-in for MNIST where there is neither network nor mirror. It has MNIST's shape and look (28 x 28,
 * white on black, a digit of about 20 x 20 centred by mass), but it is easier than handwriting: an accuracy on it says
 * nothing about MNIST, and a model trained on it must not be published as if it were.
 */
public final class ProceduralDigits {

    /** Name of the data set in its {@link Provenance}. */
    public static final String ID = "procedural-digits";

    private static final int SIZE = 28;

    static final DataSet DATA_SET = new DataSet(
            ID,
            "Drawn digits, 28 x 28 grey, a stand-in for MNIST",
            "Apache-2.0",
            "Drawn by this program from a seed; not handwriting, and not MNIST",
            List.of(),
            (store, progress) -> List.of(DataSet.DataSetPart.of(generate(1_000, 1))));

    private ProceduralDigits() {}

    /**
     * Draws digits: strokes under a random affine distortion, with random thickness and noise. Image i depends on the
     * seed and on i only, the same on every platform, so that fewer images are the first of more. Each run of ten
     * images has every digit once.
     *
     * @param count number of images, at least 1
     * @param seed any; different seeds give different images
     * @return uint8 [count, 28, 28, 1], 0 black to 255 white, labels 0 to 9
     */
    public static LabelledImages generate(int count, long seed) {
        if (count < 1 || count > Integer.MAX_VALUE / (SIZE * SIZE)) {
            throw new IllegalArgumentException("Digits are drawn from 1 to " + Integer.MAX_VALUE / (SIZE * SIZE)
                    + " at a time; asked for " + count + ".");
        }
        byte[] pixels = new byte[count * SIZE * SIZE];
        byte[] labelBytes = new byte[count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = Shuffler.permutation(10, seed, i / 10)[i % 10];
            labelBytes[i] = (byte) labels[i];
            // streams above those that the order of the digits takes
            draw(labels[i], Shuffler.random(seed, (1L << 32) + i), pixels, i * SIZE * SIZE);
        }
        Provenance provenance = new Provenance(
                ID,
                count + " with seed " + seed,
                digest(pixels, labelBytes),
                "Drawn by a program, a stand-in for MNIST; the digest is of the pixels and the labels, a byte each.");
        return LabelledImages.wrap(pixels, labels, SIZE, SIZE, 1, Mnist.LABEL_NAMES, provenance);
    }

    private static void draw(int digit, Random random, byte[] pixels, int offset) {
        double[] ink = Handwriting.random(digit, random).ink(SIZE, 1.1 + .5 * random.nextDouble());
        for (int i = 0; i < ink.length; i++) {
            if (ink[i] > 0) {
                // noise only where there is ink: as in MNIST, the ground is clean
                double value = 255 * ink[i] * (1 - .12 * random.nextDouble());
                pixels[offset + i] = (byte) StrictMath.round(value);
            }
        }
    }

    /**
     * One digit in its plainest form, to be looked at.
     *
     * @param size rows and columns, at least 1
     * @return grey values [row, column], 0 black to 255 white
     */
    static byte[] picture(int digit, int size) {
        double[] ink = Handwriting.plain(digit).ink(size, .3);
        byte[] pixels = new byte[ink.length];
        for (int i = 0; i < ink.length; i++) {
            pixels[i] = (byte) Math.round(255 * ink[i]);
        }
        return pixels;
    }

    private static Sha256 digest(byte[] pixels, byte[] labels) {
        try {
            return Sha256.of(
                    new SequenceInputStream(new ByteArrayInputStream(pixels), new ByteArrayInputStream(labels)));
        } catch (IOException e) {
            throw new UncheckedIOException("Arrays in memory are read without I/O.", e);
        }
    }
}
