package dev.jzoo.inference.series;

import dev.jzoo.inference.Classification;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.Labels;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.TaskLoader;
import dev.jzoo.inference.TaskModel;
import dev.jzoo.inference.pictures.ImageClassifier;
import dev.jzoo.inference.tables.RowPorts;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Says which class a signal, or another row of numbers, belongs to. Holds native memory until it is closed; threads may share
 * it, as they may an {@link OnnxModel}.
 *
 * <p>The graph takes signals, float [batch, values], and gives the probability of each class, float [batch, classes]. The
 * names of the classes are in its metadata, as for an {@link ImageClassifier}.
 */
public final class SignalClassifier extends TaskModel {

    private static final TaskLoader<SignalClassifier> LOADER = new TaskLoader<>(SignalClassifier::new);

    private static final String OUTPUT = "[batch, classes]";

    private final RowPorts ports;
    private final List<String> labels;

    private SignalClassifier(OnnxModel model) throws DataFormatException {
        super(model);
        ports = RowPorts.of(model, "classifier of signals", OUTPUT);
        labels = Labels.of(model, model.outputs().get(0));
    }

    /** Opens a model on the processor; see {@link #load(String, Device)}. */
    public static SignalClassifier load(String idOrPath) throws IOException {
        return load(idOrPath, Device.cpu());
    }

    /**
     * Opens a model of the zoo, downloaded if need be, or a file.
     *
     * @param idOrPath "mnist1d-cnn", "mnist1d-cnn@1.0.0", "signals.onnx", or a folder that has a model.onnx
     * @throws JZooException NOT_FOUND where there is none, naming the nearest; BAD_INPUT where it is no classifier of
     *     signals, saying what it needs; DEVICE where the device cannot be used
     * @throws DataFormatException where the file is no ONNX model, or its labels do not fit its outputs
     */
    public static SignalClassifier load(String idOrPath, Device device) throws IOException {
        return LOADER.load(idOrPath, device);
    }

    /** Opens a file. Fails as {@link #load(String, Device)}. */
    public static SignalClassifier open(Path file, Device device) throws IOException {
        return LOADER.open(file, device);
    }

    /** Takes over an open model, which is closed with this classifier, or at once where it is none of signals. */
    public static SignalClassifier of(OnnxModel model) throws DataFormatException {
        return LOADER.of(model);
    }

    /**
     * Classifies one signal.
     *
     * @param signal {@link #length()} finite values
     * @throws IllegalArgumentException on another number of values, or one that is not finite
     */
    public Classification classify(double... signal) {
        return classify(List.of(signal)).get(0);
    }

    /**
     * Classifies signals, in batches.
     *
     * @return as many as there are signals, in their order
     * @throws IllegalArgumentException as {@link #classify(double...)}, naming the first signal that is wrong
     */
    public List<Classification> classify(List<double[]> signals) {
        float[] scores = ports.run(model(), signals, List.of());
        int classes = labels.size();
        if (scores.length != signals.size() * classes) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    model().name() + " has " + classes + " labels, but gave " + scores.length + " scores for "
                            + signals.size() + " signals.",
                    "Correct the labels in its metadata.");
        }
        return IntStream.range(0, signals.size())
                .mapToObj(i -> Labels.classification(
                        model(), labels, Arrays.copyOfRange(scores, i * classes, (i + 1) * classes)))
                .toList();
    }

    /** Values of a signal. */
    public int length() {
        return ports.values();
    }

    /** The names of the classes, in the order of the graph's output. */
    public List<String> labels() {
        return labels;
    }
}
