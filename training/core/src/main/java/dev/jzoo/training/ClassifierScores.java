package dev.jzoo.training;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.LabelledSignals;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.numerics.ArgMax;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The scores of a classifier for every picture or signal of a data set, computed in ONNX Runtime, and its mistakes. */
public final class ClassifierScores {

    private static final int BATCH = 500;

    /**
     * A picture or signal with a wrong predicted class.
     *
     * @param index index in its data set
     * @param truth its class
     * @param predicted the predicted class
     * @param score score of the predicted class, 0 to 1
     */
    public record Mistake(int index, int truth, int predicted, float score) {}

    private final long[][] confusion;
    private final List<Mistake> mistakes;
    private final float[] confidences;
    private final boolean[] right;

    private ClassifierScores(long[][] confusion, List<Mistake> mistakes, float[] confidences, boolean[] right) {
        this.confusion = confusion;
        this.mistakes = mistakes;
        this.confidences = confidences;
        this.right = right;
    }

    /**
     * Runs a model on pictures.
     *
     * @param model takes uint8 [batch, height, width, channels], returns probabilities [batch, classes]
     * @param images pictures of that size
     */
    public static ClassifierScores of(OnnxModel model, LabelledImages images) throws IOException {
        return of(model, images.labelNames().size(), images.labels(), (from, count) -> {
            byte[] pixels = new byte[count * images.valuesPerImage()];
            int[] indices = IntStream.range(from, from + count).toArray();
            images.gather(indices, pixels);
            return Tensor.ofBytes(pixels, count, images.height(), images.width(), images.channels());
        });
    }

    /**
     * Runs a model on signals.
     *
     * @param model takes float [batch, length], returns probabilities [batch, classes]
     * @param signals signals of that length
     */
    public static ClassifierScores of(OnnxModel model, LabelledSignals signals) {
        float[] values = signals.toFloats();
        int length = signals.length();
        return of(
                model,
                signals.labelNames().size(),
                signals.labels(),
                (from, count) ->
                        Tensor.of(Arrays.copyOfRange(values, from * length, (from + count) * length), count, length));
    }

    /**
     * Collects scores that a model has computed.
     *
     * @param classes number of classes
     * @param labels labels of the examples
     * @param scores returns the probability of each class for the example with an index
     */
    public static ClassifierScores of(int classes, int[] labels, IntFunction<float[]> scores) {
        Tally tally = new Tally(classes, labels);
        for (int i = 0; i < labels.length; i++) {
            tally.add(i, scores.apply(i), 0);
        }
        return tally.scores();
    }

    /** A function that returns the examples from one index on, as inputs of a model. */
    @FunctionalInterface
    private interface Batches {
        Tensor read(int from, int count);
    }

    private static ClassifierScores of(OnnxModel model, int classes, int[] labels, Batches batches) {
        String input = model.inputs().get(0).name();
        String output = model.outputs().get(0).name();
        Tally tally = new Tally(classes, labels);
        for (int from = 0; from < labels.length; from += BATCH) {
            int count = Math.min(BATCH, labels.length - from);
            Tensor batch = batches.read(from, count);
            float[] scores = model.run(Map.of(input, batch)).get(output).floats();
            for (int i = 0; i < count; i++) {
                tally.add(from + i, scores, i * classes);
            }
        }
        return tally.scores();
    }

    /** Counters that are updated with each score. */
    private static final class Tally {

        private final int[] labels;
        private final long[][] confusion;
        private final List<Mistake> mistakes = new ArrayList<>();
        private final float[] confidences;
        private final boolean[] right;

        Tally(int classes, int[] labels) {
            this.labels = labels;
            this.confusion = new long[classes][classes];
            this.confidences = new float[labels.length];
            this.right = new boolean[labels.length];
        }

        /** Adds the scores of an example, which begin at an offset. */
        void add(int example, float[] scores, int offset) {
            int truth = labels[example];
            int predicted = ArgMax.ofRow(scores, offset, confusion.length);
            confusion[truth][predicted]++;
            confidences[example] = scores[offset + predicted];
            right[example] = predicted == truth;
            if (predicted != truth) {
                mistakes.add(new Mistake(example, truth, predicted, confidences[example]));
            }
        }

        ClassifierScores scores() {
            mistakes.sort(Comparator.comparing(Mistake::score).reversed());
            return new ClassifierScores(confusion, mistakes, confidences, right);
        }
    }

    /** Returns the share of examples whose largest score is at their label. The scores are [examples, classes]. */
    public static double accuracy(float[] scores, int[] labels) {
        int classes = scores.length / labels.length;
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            right += ArgMax.ofRow(scores, i * classes, classes) == labels[i] ? 1 : 0;
        }
        return (double) right / labels.length;
    }

    /** Returns the share of examples that were classified correctly. */
    public double accuracy() {
        return 1 - (double) mistakes.size() / right.length;
    }

    /** Returns the confusion matrix: examples by truth (row) and prediction (column). The array is a copy. */
    public long[][] confusion() {
        long[][] copy = new long[confusion.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = confusion[i].clone();
        }
        return copy;
    }

    /** Returns all mistakes, the most confident first. */
    public List<Mistake> mistakes() {
        return List.copyOf(mistakes);
    }

    /** Returns the index of the first example that was classified correctly; empty if there is none. */
    public OptionalInt firstRight() {
        return IntStream.range(0, right.length).filter(i -> right[i]).findFirst();
    }

    /** Returns the score of an example's predicted class, 0 to 1. */
    public float confidence(int index) {
        return confidences[index];
    }

    /** Returns the confidence in each correct prediction, in the order of the examples. The array is a copy. */
    public double[] confidencesOfRight() {
        return confidencesWhere(i -> right[i]);
    }

    /** Returns the confidence in each wrong prediction, in the order of the examples. The array is a copy. */
    public double[] confidencesOfWrong() {
        return confidencesWhere(i -> !right[i]);
    }

    private double[] confidencesWhere(IntPredicate wanted) {
        return IntStream.range(0, right.length)
                .filter(wanted)
                .mapToDouble(i -> Math.min(1, confidences[i]))
                .toArray();
    }

    /** Returns the calibration, in this number of bins of equal width. */
    public Calibration calibration(int bins) {
        return Calibration.of(confidences, right, bins);
    }
}
