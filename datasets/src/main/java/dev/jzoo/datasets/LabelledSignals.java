package dev.jzoo.datasets;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Signals of one length, each with its class: values with the axes [signal, time]. Immutable; arrays are copied in and out. */
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
     * Creates signals from copies of arrays.
     *
     * @param values finite, [signal, time]
     * @param labels the class of each signal, an index into the names
     * @param length number of values of a signal, at least 1
     * @param labelNames names of the classes, without duplicates
     * @param provenance the origin of the signals
     * @throws IllegalArgumentException if the sizes disagree or a label has no name
     */
    public static LabelledSignals of(
            double[] values, int[] labels, int length, List<String> labelNames, Provenance provenance) {
        Objects.requireNonNull(provenance, "provenance");
        List<String> names = List.copyOf(labelNames);
        if (length < 1 || values.length != (long) labels.length * length) {
            throw new IllegalArgumentException(
                    labels.length + " signals of " + length + " values each do not have " + values.length + " values.");
        }
        if (!Arrays.stream(values).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("The values of signals must be finite; one is infinite or NaN.");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= names.size()) {
                throw new IllegalArgumentException("Label " + labels[i] + " of signal " + i + " has no name; there"
                        + " are " + names.size() + " names: " + names + ".");
            }
        }
        return new LabelledSignals(values.clone(), labels.clone(), length, names, provenance);
    }

    /** Returns the number of signals. */
    public int size() {
        return labels.length;
    }

    /** Returns the number of values of one signal. */
    public int length() {
        return length;
    }

    /** Returns the names of the classes. A label is an index into them. */
    public List<String> labelNames() {
        return labelNames;
    }

    /** Returns the origin of the signals. */
    public Provenance provenance() {
        return provenance;
    }

    /** Returns the values of one signal, [time]. */
    public double[] signal(int index) {
        int from = Objects.checkIndex(index, size()) * length;
        return Arrays.copyOfRange(values, from, from + length);
    }

    /** Returns the class of a signal. */
    public int label(int index) {
        return labels[Objects.checkIndex(index, size())];
    }

    /** Returns all labels, [signal]. */
    public int[] labels() {
        return labels.clone();
    }

    /** Returns all values in single precision, [signal, time], as input for networks. */
    public float[] toFloats() {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /**
     * Returns the signals from one index up to another, as a copy with the same provenance.
     *
     * @param from index of the first signal
     * @param to index after the last signal
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
     * Returns the same signals with their values in another order, the same for all signals. This makes knowledge about
     * neighbouring values useless.
     *
     * @param order a permutation of 0 to length - 1; value i of a new signal is value order[i] of the old one
     */
    public LabelledSignals reordered(int[] order) {
        int[] sorted = order.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < Math.max(length, sorted.length); i++) {
            if (sorted.length != length || sorted[i] != i) {
                throw new IllegalArgumentException("An order must have each of 0 to " + (length - 1) + " once, not"
                        + " " + Arrays.toString(order) + ".");
            }
        }
        double[] result = new double[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i - i % length + order[i % length]];
        }
        return new LabelledSignals(result, labels, length, labelNames, provenance);
    }

    /** Returns a description: "mnist1d train: [4000, 40], 10 labels". */
    @Override
    public String toString() {
        return provenance.name() + ": " + shape();
    }

    String shape() {
        return "[" + size() + ", " + length + "], " + labelNames.size() + " labels";
    }
}
