package dev.jzoo.datasets;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Signals of one length, each with the class that it belongs to: values with the axes [signal, time]. Immutable; arrays are
 * copied in and out.
 */
public final class LabelledSignals {

    private final double[] values;
    private final int[] labels;
    private final int length;
    private final List<String> labelNames;
    private final Provenance provenance;

    private LabelledSignals(double[] values, int[] labels, int length, List<String> labelNames, Provenance provenance) {
        this.values = values;
        this.labels = labels;
        this.length = length;
        this.labelNames = labelNames;
        this.provenance = provenance;
    }

    /**
     * @param values finite, [signal, time]
     * @param labels the class of each signal, an index into the names
     * @param length values of a signal, at least 1
     * @param labelNames names of the classes, each once
     * @param provenance where the signals come from
     * @throws IllegalArgumentException if the sizes disagree or a label has no name
     */
    public static LabelledSignals of(
            double[] values, int[] labels, int length, List<String> labelNames, Provenance provenance) {
        Objects.requireNonNull(provenance, "provenance");
        List<String> names = List.copyOf(labelNames);
        if (length < 1 || values.length != (long) labels.length * length) {
            throw new IllegalArgumentException(
                    labels.length + " signals of " + length + " values are not " + values.length + " values.");
        }
        if (!Arrays.stream(values).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("A signal has a value that is infinite or not a number.");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= names.size()) {
                throw new IllegalArgumentException("Label " + labels[i] + " of signal " + i + " has no name; there are "
                        + names.size() + ": " + names + ".");
            }
        }
        return new LabelledSignals(values.clone(), labels.clone(), length, names, provenance);
    }

    /** Number of signals. */
    public int size() {
        return labels.length;
    }

    /** Values of one signal. */
    public int length() {
        return length;
    }

    /** Names of the classes; a label is an index into them. */
    public List<String> labelNames() {
        return labelNames;
    }

    /** Where the signals come from. */
    public Provenance provenance() {
        return provenance;
    }

    /** The values of one signal, [time]. */
    public double[] signal(int index) {
        int from = Objects.checkIndex(index, size()) * length;
        return Arrays.copyOfRange(values, from, from + length);
    }

    /** The class of a signal. */
    public int label(int index) {
        return labels[Objects.checkIndex(index, size())];
    }

    /** All labels, [signal]. */
    public int[] labels() {
        return labels.clone();
    }

    /** All values in single precision, [signal, time]: what networks read. */
    public float[] toFloats() {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /**
     * The signals from one index up to another, as a copy with the same provenance.
     *
     * @param from first signal
     * @param to behind the last signal
     */
    public LabelledSignals range(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        return new LabelledSignals(
                Arrays.copyOfRange(values, from * length, to * length),
                Arrays.copyOfRange(labels, from, to),
                length,
                labelNames,
                provenance);
    }

    /**
     * The same signals with their values in another order, the same for all: what a network knows of neighbours is of no use
     * any more.
     *
     * @param order a permutation of 0 to length - 1; value i of a signal becomes what its value order[i] was
     */
    public LabelledSignals reordered(int[] order) {
        int[] sorted = order.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < Math.max(length, sorted.length); i++) {
            if (sorted.length != length || sorted[i] != i) {
                throw new IllegalArgumentException(
                        "An order has each of 0 to " + (length - 1) + " once; got " + Arrays.toString(order) + ".");
            }
        }
        double[] result = new double[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i - i % length + order[i % length]];
        }
        return new LabelledSignals(result, labels, length, labelNames, provenance);
    }

    /** "mnist1d train: [4000, 40], 10 labels". */
    @Override
    public String toString() {
        return provenance.name() + ": " + shape();
    }

    String shape() {
        return "[" + size() + ", " + length + "], " + labelNames.size() + " labels";
    }
}
