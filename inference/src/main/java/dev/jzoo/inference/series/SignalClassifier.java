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
 * A classifier for signals or other rows of numbers. Holds native memory until it is closed. Like an {@link OnnxModel}, it
 * can be shared by threads.
 *
 * <p>The graph takes signals, float [batch, values], and returns the probability of each class, float [batch, classes]. The
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

    /** Opens a model on the CPU; see {@link #load(String, Device)}. */
    public static SignalClassifier load(String idOrPath) throws IOException {
        return load(idOrPath, Device.cpu());
    }

    /**
     * Opens a model of the zoo, downloading it if needed, or a file.
     *
     * @param idOrPath "mnist1d-cnn", "mnist1d-cnn@1.0.0", "signals.onnx", or a folder with a model.onnx
     * @throws JZooException NOT_FOUND if the model does not exist, naming the most similar one; BAD_INPUT if it is not a
     *     classifier of signals; DEVICE if the device cannot be used
     * @throws DataFormatException if the file is not an ONNX model, or its labels do not fit its outputs
     */
    public static SignalClassifier load(String idOrPath, Device device) throws IOException {
        return LOADER.load(idOrPath, device);
    }

    /** Opens a file. Fails like {@link #load(String, Device)}. */
    public static SignalClassifier open(Path file, Device device) throws IOException {
        return LOADER.open(file, device);
    }

    /** Wraps an open model, which is closed with this classifier, or at once if it is not a classifier of signals. */
    public static SignalClassifier of(OnnxModel model) throws DataFormatException {
        return LOADER.of(model);
    }

    /**
     * Classifies one signal.
     *
     * @param signal {@link #length()} finite values
     * @throws IllegalArgumentException on another number of values, or a value that is not finite
     */
    public Classification classify(double... signal) {
        return classify(List.of(signal)).get(0);
    }

    /**
     * Classifies signals, in batches.
     *
     * @return one result for each signal, in their order
     * @throws IllegalArgumentException like {@link #classify(double...)}, naming the first wrong signal
     */
    public List<Classification> classify(List<double[]> signals) {
        float[] scores = ports.run(model(), signals, List.of());
        int classes = labels.size();
        if (scores.length != signals.size() * classes) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    model().name() + " has " + classes + " labels, but returned " + scores.length + " scores for "
                            + signals.size() + " signals.",
                    "Correct the labels in its metadata.");
        }
        return IntStream.range(0, signals.size())
                .mapToObj(i -> Labels.classification(
                        model(), labels, Arrays.copyOfRange(scores, i * classes, (i + 1) * classes)))
                .toList();
    }

    /** Returns the number of values in a signal. */
    public int length() {
        return ports.values();
    }

    /** Returns the names of the classes, in the order of the graph's output. */
    public List<String> labels() {
        return labels;
    }
}
