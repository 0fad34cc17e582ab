package dev.jzoo.labs.convolution;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.catalogue.ProceduralDigits;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.report.BarChart;
import dev.jzoo.report.Role;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.fitting.Fitting;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import dev.jzoo.scratch.optimizers.AdamRule;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** The same few pictures, changed a little each time: crops, which keep the class, and mirror images, which do not. */
public final class AugmentationLab implements Lab {

    private static final int TRAIN = 40;

    private static final int TEST = 200;

    @Override
    public LabInfo info() {
        return new LabInfo(
                "augmentation",
                "More pictures from the same ones",
                "Which changes of a training picture help, and which do harm?",
                Chapter.REGULARISATION);
    }

    /** The random change of the training pictures before each epoch. */
    private enum PictureChange {
        NONE,
        CROP,
        FLIP
    }

    /** Returns a picture mirrored left to right. */
    private static Array mirrored(Array picture) {
        Array result = picture.copy();
        for (int row = 0; row < picture.size(2); row++) {
            for (int column = 0; column < picture.size(3); column++) {
                result.set(picture.get(0, 0, row, picture.size(3) - 1 - column), 0, 0, row, column);
            }
        }
        return result;
    }

    /** Returns the pictures of an epoch, each changed at random. */
    private static Array changed(Array pictures, PictureChange change, Random random) {
        Array result = pictures.copy();
        int size = pictures.count() / pictures.size(0);
        for (int n = 0; n < pictures.size(0); n++) {
            Array picture = pictures.take(n);
            if (change == PictureChange.CROP) { // pad with zeros, then cut out the old size at a random place
                picture = PictureSurface.shifted(picture, random.nextInt(5) - 2, random.nextInt(5) - 2);
            } else if (change == PictureChange.FLIP && random.nextBoolean()) {
                picture = mirrored(picture);
            }
            System.arraycopy(picture.values(), 0, result.values(), n * size, size);
        }
        return result;
    }

    /** Returns the accuracies after training: on the training pictures, on others, and on others that are moved. */
    private static double[] train(LabelledImages digits, PictureChange change, int epochs, long seed) {
        Array pictures = SmallConvNet.pictures(digits, TEST, TRAIN);
        int[] classes = Arrays.copyOfRange(digits.labels(), TEST, TEST + TRAIN);
        Array tests = SmallConvNet.pictures(digits, 0, TEST);
        int[] testClasses = Arrays.copyOfRange(digits.labels(), 0, TEST);
        Random random = new Random(seed);
        NeuralNetwork network = SmallConvNet.create(random);
        Fitting fitting = Fitting.of(network, new SoftmaxCrossEntropy(), new AdamRule())
                .rate(0.005)
                .batchSize(20)
                .epochs(1);
        for (int epoch = 0; epoch < epochs; epoch++) {
            fitting.seed(seed + epoch).fit(changed(pictures, change, random), SoftmaxCrossEntropy.oneHot(classes, 10));
        }
        return new double[] {
            Fitting.accuracy(network, pictures, classes),
            Fitting.accuracy(network, tests, testClasses),
            Fitting.accuracy(network, changed(tests, PictureChange.CROP, random), testClasses)
        };
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A digit that moves by a pixel is the same digit. A network with 40 training pictures cannot know that. **Augmentation**
                tells it: before each epoch, every picture is changed at random in a way that keeps its class. A random *crop* pads the
                picture with zeros and cuts out the old size, so the digit moves by up to two pixels of 14. A *flip* mirrors it, which is
                right for cats. For digits it is doubtful: nobody writes the mirror image of a 2. All networks get the same number of steps.
                """);
        LabelledImages digits = ProceduralDigits.generate(TEST + TRAIN, page.seed());
        int seeds = page.pick(2, 3, 8);
        int epochs = page.pick(25, 40, 120);
        Map<PictureChange, double[]> mean = new EnumMap<>(PictureChange.class);
        Map<PictureChange, double[]> tests = new EnumMap<>(PictureChange.class);
        for (PictureChange change : PictureChange.values()) {
            double[] sums = new double[3];
            double[] ofSeeds = new double[seeds];
            for (int s = 0; s < seeds; s++) {
                double[] accuracies = train(digits, change, epochs, page.seed() + s);
                for (int i = 0; i < 3; i++) {
                    sums[i] += accuracies[i] / seeds;
                }
                ofSeeds[s] = accuracies[1];
            }
            mean.put(change, sums);
            tests.put(change, ofSeeds);
        }
        Table table = Table.captioned("Mean accuracy of " + seeds + " networks with 40 training pictures.")
                .text("augmentation")
                .percent("train", 1)
                .percent("test", 1)
                .percent("test, moved", 1)
                .percent("gap, train - test", 1);
        BarChart chart = BarChart.of("accuracy");
        for (PictureChange change : PictureChange.values()) {
            double[] row = mean.get(change);
            double[] spread = Arrays.stream(tests.get(change)).sorted().toArray();
            table.row(change.name().toLowerCase(Locale.ROOT), row[0], row[1], row[2], row[0] - row[1]);
            chart.bar(Role.TRAIN, change + ", train", row[0]);
            chart.bar(Role.TEST, change + ", test", row[1], spread[0], spread[seeds - 1]);
            chart.bar(change + ", test digits moved", row[2]);
        }
        page.table(table);
        page.figure(chart.figure("Mean accuracies; whiskers show the lowest and the highest of " + seeds + " seeds."));
        double[] none = mean.get(PictureChange.NONE);
        double[] crop = mean.get(PictureChange.CROP);
        double[] flip = mean.get(PictureChange.FLIP);
        if (page.size() == LabSize.FULL) {
            page.claim("Random crops make the gap between train and test smaller (difference of the mean gaps).")
                    .atLeast((none[0] - none[1]) - (crop[0] - crop[1]), 0.02);
        }
        page.claim("Crops help far more on digits that are moved (difference of the mean accuracies).")
                .atLeast(crop[2] - none[2], 0.1);

        page.text("""
                Flips did less harm than one expects. Mirror images do not look like any *other* digit, so they do not contradict the
                labels. But they do not help where crops do, on moved digits. An augmentation teaches one invariance: the one that it
                shows.
                """);
        page.claim("On moved digits, crops are far better than flips (difference of the mean accuracies).")
                .atLeast(crop[2] - flip[2], 0.1);
    }
}
