package dev.jzoo.labs.convolution;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.catalogue.ProceduralDigits;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.report.BarChart;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Role;
import dev.jzoo.report.Scale;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.fitting.Fitting;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import dev.jzoo.scratch.optimizers.AdamRule;
import dev.jzoo.zoo.Zoo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The gap between training and test accuracy: of the zoo's mini-AlexNet, and of a small network trained here. */
public final class OverfittingLab implements Lab {

    private static final int TEST = 200;

    @Override
    public LabInfo info() {
        return new LabInfo(
                "overfitting",
                "Learning by heart",
                "Why is a network better on the pictures that it has seen?",
                Chapter.CONVOLUTION);
    }

    /** The accuracy on the training and on the test pictures, before the training and after each tenth of it. */
    private record AccuracyCurves(double[] train, double[] test) {
        double gap() {
            return train[train.length - 1] - test[test.length - 1];
        }
    }

    /** Trains the small network on the first pictures of a set, and tests it on others. */
    private static AccuracyCurves train(LabelledImages digits, int[] labels, int examples, int epochs, long seed) {
        Array pictures = SmallConvNet.pictures(digits, TEST, examples);
        int[] classes = Arrays.copyOfRange(labels, TEST, TEST + examples);
        Array tests = SmallConvNet.pictures(digits, 0, TEST);
        int[] testClasses = Arrays.copyOfRange(labels, 0, TEST);
        NeuralNetwork network = SmallConvNet.create(new Random(seed));
        double[] train = new double[11];
        double[] test = new double[11];
        Array targets = SoftmaxCrossEntropy.oneHot(classes, 10);
        Fitting fitting = Fitting.of(network, new SoftmaxCrossEntropy(), new AdamRule())
                .rate(0.005)
                .batchSize(20)
                .epochs(epochs / 10);
        for (int tenth = 0; tenth <= 10; tenth++) {
            if (tenth > 0) {
                fitting.seed(seed + tenth).fit(pictures, targets);
            }
            train[tenth] = Fitting.accuracy(network, pictures, classes);
            test[tenth] = Fitting.accuracy(network, tests, testClasses);
        }
        return new AccuracyCurves(train, test);
    }

    private static LineChart chart(AccuracyCurves curves) {
        return LineChart.of("tenth of the training", "accuracy")
                .line(Role.TRAIN, "train", curves.train())
                .line(Role.TEST, "test", curves.test());
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                The course trains a small AlexNet on CIFAR-10 and gets about 82 % on the training pictures, but only 68 % on the test
                pictures. The difference of 14 points is **overfitting**: a part of what the network learned holds only for the pictures
                it saw. JZoo's zoo has the same network, trained with the recipe `cifar10-mini-alexnet`, and its twin with batch
                normalisation and augmentation. Their cards, which this page reads, have the measured accuracies.
                """);
        Zoo zoo = Zoo.of(page.data());
        Map<String, Double> plain = zoo.show("cifar10-mini-alexnet").card().metrics();
        Map<String, Double> better = zoo.show("cifar10-mini-alexnet-bn").card().metrics();
        page.figure(BarChart.of("accuracy")
                .bar(Role.TRAIN, "course, train", 0.82)
                .bar(Role.TEST, "course, test", 0.68)
                .bar(Role.TRAIN, "mini-AlexNet, train", plain.get("train.accuracy"))
                .bar(Role.TEST, "mini-AlexNet, test", plain.get("test.accuracy"))
                .bar(Role.TRAIN, "with batch norm, train", better.get("train.accuracy"))
                .bar(Role.TEST, "with batch norm, test", better.get("test.accuracy"))
                .figure("Accuracy on CIFAR-10: the course's notebook, and the cards of two models of the zoo."));
        double gap = plain.get("train.accuracy") - plain.get("test.accuracy");
        page.published("The course's notebook has about 82 % on the training pictures.")
                .near(100 * plain.get("train.accuracy"), 82, 2);
        page.published("It has about 68 % on the test pictures.").near(100 * plain.get("test.accuracy"), 68, 2);
        page.claim("The zoo's model overfits at least as much as the course's (gap in points).")
                .atLeast(100 * gap, 14);
        page.claim("Batch normalisation and augmentation more than halve the gap (ratio).")
                .atMost((better.get("train.accuracy") - better.get("test.accuracy")) / gap, 0.5);

        page.text("""
                The two published figures do not come out, and both differ upwards: JZoo's recipe fits the training pictures closer in its
                ten epochs, and its test accuracy is better too. The pictures also differ, since JZoo's copy of CIFAR-10 was
                compressed once more. What the course teaches stands: train and test part ways.

                To see it happen, we train a small convolutional network from scratch, on digits drawn by a program. Move the slider from
                few training pictures to many. The training accuracy is (nearly) perfect in every frame. The test accuracy is not.
                """);
        LabelledImages digits = ProceduralDigits.generate(TEST + 800, page.seed());
        int seeds = page.pick(1, 1, 3);
        int[] sizes = page.size() == LabSize.SMALLEST ? new int[] {20, 160} : new int[] {20, 40, 80, 160, 320, 640};
        double[] numbers = new double[sizes.length];
        double[][] gaps = new double[seeds][sizes.length];
        double[] meanGap = new double[sizes.length];
        double least = 1;
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            numbers[i] = sizes[i];
            int passes = 10 * Math.max(1, 160 / sizes[i]); // small sets need more epochs for as many steps
            for (int s = 0; s < seeds; s++) {
                AccuracyCurves curves = train(digits, digits.labels(), sizes[i], passes, page.seed() + s);
                gaps[s][i] = curves.gap();
                meanGap[i] += curves.gap() / seeds;
                least = Math.min(least, curves.train()[curves.train().length - 1]);
                if (s == 0) {
                    frames.add(new Frame(
                            String.valueOf(sizes[i]),
                            chart(curves)
                                    .figure("Accuracy with " + sizes[i] + " training pictures, and on 200 others.")));
                }
            }
        }
        page.figure(Frames.of("training pictures", frames));
        page.claim("Every network learns its training pictures (smallest accuracy).")
                .atLeast(least, 0.9);
        page.claim("With 20 pictures, the gap is wide (mean over the seeds).").atLeast(meanGap[0], 0.1);
        page.claim("More pictures close it: the gap of the largest set is at most half of that of the smallest.")
                .atMost(meanGap[sizes.length - 1] / meanGap[0], 0.5);

        page.text("""
                The network and the training are the same in all frames; only the number of examples differs. Overfitting is not a
                property of a network, but of a network and its data together. The gap falls with every doubling of the data.
                """);
        double[] positive =
                Arrays.stream(meanGap).map(value -> Math.max(value, 0.001)).toArray();
        page.figure(LineChart.of("training pictures", "gap, train - test accuracy")
                .xScale(Scale.LOG)
                .line("mean of " + seeds + " seeds", numbers, positive)
                .figure("The gap after training, against the number of training pictures."));
        double largestRise = 0;
        for (int i = 1; i < sizes.length; i++) {
            largestRise = Math.max(largestRise, meanGap[i] - meanGap[i - 1]);
        }
        page.claim("The mean gap falls from size to size, up to chance (largest rise).")
                .atMost(largestRise, 0.03);

        page.text("""
                How far can learning by heart go? Give every training picture a *random* label (Zhang et al., 2017). There is nothing to
                understand, and yet the network learns its pictures. Nothing that it learned helps with others: its test accuracy is that of
                guessing. So a high training accuracy proves only that the network is large enough.
                """);
        Random random = page.random();
        int[] noise =
                Arrays.stream(digits.labels()).map(label -> random.nextInt(10)).toArray();
        AccuracyCurves byHeart = train(digits, noise, 20, page.pick(60, 100, 150), page.seed());
        page.figure(chart(byHeart).level("guessing", 0.1).figure("20 training pictures with random labels."));
        page.claim("The network learns random labels (training accuracy).")
                .atLeast(byHeart.train()[byHeart.train().length - 1], 0.95);
        page.claim("Its test accuracy is that of guessing (three standard errors around 0.1).")
                .near(byHeart.test()[byHeart.test().length - 1], 0.1, 3 * Math.sqrt(0.1 * 0.9 / TEST));
    }
}
