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
 * Digits drawn by a program, a stand-in for MNIST without a network or mirror. They have MNIST's shape and look (28 x 28, white
 * on black, a digit of about 20 x 20 centred by mass) but are easier than handwriting. An accuracy on them says nothing about
 * MNIST, and a model trained on them must not be published as if it were trained on MNIST.
 */
public final class ProceduralDigits {

    /** The name of the data set in its {@link Provenance}. */
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
     * Draws digits: strokes under a random affine distortion, with random thickness and noise. Image i depends only on the seed
     * and on i and is the same on every platform, so a smaller set is the beginning of a larger one. Each run of ten images has
     * every digit once.
     *
     * @param count number of images, at least 1
     * @param seed any seed; different seeds give different images
     * @return uint8 [count, 28, 28, 1], 0 black to 255 white, labels 0 to 9
     */
    public static LabelledImages generate(int count, long seed) {
        if (count < 1 || count > Integer.MAX_VALUE / (SIZE * SIZE)) {
            throw new IllegalArgumentException(
                    "The number of digits must be 1 to " + Integer.MAX_VALUE / (SIZE * SIZE) + ", not " + count + ".");
        }
        byte[] pixels = new byte[count * SIZE * SIZE];
        byte[] labelBytes = new byte[count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = Shuffler.permutation(10, seed, i / 10)[i % 10];
            labelBytes[i] = (byte) labels[i];
            // streams above the ones that the order of the digits uses
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
                // noise only on ink: the background is clean, as in MNIST
                double value = 255 * ink[i] * (1 - .12 * random.nextDouble());
                pixels[offset + i] = (byte) StrictMath.round(value);
            }
        }
    }

    /**
     * Draws one digit without distortion, to be looked at.
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
            throw new UncheckedIOException("Reading arrays in memory failed.", e);
        }
    }
}
