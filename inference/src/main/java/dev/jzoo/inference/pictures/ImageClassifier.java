package dev.jzoo.inference.pictures;

import dev.jzoo.inference.Classification;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.Labels;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.TaskLoader;
import dev.jzoo.inference.TaskModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A classifier for pictures. Holds native memory until it is closed. Like an {@link OnnxModel}, it can be shared by threads.
 *
 * <p>The graph takes uint8 [N, height, width, channels] and returns the probability of each class, float [N, classes]. All
 * pre-processing except decoding and resizing is in the graph. The names of the classes are in the file's metadata, in the
 * card or as a JSON array under {@code labels}; without them, classes are numbered from 0.
 */
public final class ImageClassifier extends TaskModel {

    private static final TaskLoader<ImageClassifier> LOADER = new TaskLoader<>(ImageClassifier::new);

    private final ClassifierPorts ports;

    private ImageClassifier(OnnxModel model) throws DataFormatException {
        super(model);
        this.ports = ClassifierPorts.of(model);
    }

    /** Opens a model on the CPU; see {@link #load(String, Device)}. */
    public static ImageClassifier load(String idOrPath) throws IOException {
        return load(idOrPath, Device.cpu());
    }

    /**
     * Opens a model of the zoo, downloading it if needed, or a file.
     *
     * @param idOrPath "mnist-logistic", "mnist-logistic@1.0.0", "digits.onnx", or a folder with a model.onnx
     * @throws JZooException NOT_FOUND if the model does not exist, naming the most similar one; BAD_INPUT if it is not an
     *     picture classifier; DEVICE if the device cannot be used
     * @throws DataFormatException if the file is not an ONNX model, or its labels do not fit its outputs
     */
    public static ImageClassifier load(String idOrPath, Device device) throws IOException {
        return LOADER.load(idOrPath, device);
    }

    /** Opens a file. Fails like {@link #load(String, Device)}. */
    public static ImageClassifier open(Path file, Device device) throws IOException {
        return LOADER.open(file, device);
    }

    /** Wraps an open model, which is closed with this classifier, or at once if it is not a picture classifier. */
    public static ImageClassifier of(OnnxModel model) throws DataFormatException {
        return LOADER.of(model);
    }

    /** Classifies one picture. Fails like {@link PictureReader#read} if it cannot be read. */
    public Classification classify(Path picture) throws IOException {
        return classify(Picture.read(picture));
    }

    /** Classifies a picture in memory. */
    public Classification classify(BufferedImage picture) {
        return classify(Picture.of(picture));
    }

    /** Classifies a decoded picture, for example from the body of a request; see {@link Picture#decode}. */
    public Classification classify(Picture picture) {
        return run(List.of(pixels(picture))).get(0);
    }

    /**
     * Classifies pictures, in batches.
     *
     * @return one result for each picture, in their order
     * @throws DataFormatException naming all files that cannot be read; then no picture is classified
     */
    public List<Classification> classify(List<Path> pictures) throws IOException {
        List<byte[]> pixels = new ArrayList<>();
        List<DataFormatException> faults = new ArrayList<>();
        for (Path picture : pictures) {
            try {
                pixels.add(pixels(Picture.read(picture)));
            } catch (DataFormatException e) {
                faults.add(e);
            }
        }
        if (faults.size() == 1) {
            throw faults.get(0);
        }
        if (!faults.isEmpty()) {
            throw new DataFormatException(
                    faults.size() + " of " + pictures.size() + " pictures cannot be read",
                    String.join("; ", faults.stream().map(Throwable::getMessage).toList()));
        }
        return run(pixels);
    }

    /**
     * Classifies any number of pictures lazily, in bounded memory. Threads, one for each processor, decode ahead of the
     * requested result. They decode at most two batches ahead (of 16 pictures, or of the graph's fixed batch), or twice the
     * number of threads if that is more.
     *
     * <p>An unreadable picture yields a failed outcome; the stream continues. The stream is sequential. It ends with an
     * exception if the model fails or is closed. Closing it also closes the stream of pictures.
     *
     * @param pictures read as results are requested, by the requesting thread
     * @return an outcome for each picture, in their order
     */
    public Stream<Outcome> classify(Stream<Path> pictures) {
        OutcomeIterator outcomes = new OutcomeIterator(pictures.iterator(), ports.picture(), this::run);
        int traits = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(outcomes, traits), false)
                .onClose(outcomes::stop)
                .onClose(pictures::close);
    }

    /**
     * Classifies pixels without resizing.
     *
     * @param pixels uint8 [N, height, width, channels] of {@link #pictureSize()}
     * @return N results
     * @throws IllegalArgumentException on another type or shape
     */
    public List<Classification> classifyPixels(Tensor pixels) {
        PictureSize size = ports.picture().size();
        long[] shape = pixels.shape();
        long[] expected = {shape.length == 0 ? 0 : shape[0], size.height(), size.width(), size.channels()};
        if (pixels.type() != ElementType.UINT8 || !Arrays.equals(shape, expected)) {
            throw new IllegalArgumentException(
                    model().name() + " expects uint8 [N, " + size.height() + ", " + size.width() + ", "
                            + size.channels() + "], found " + pixels.type() + " " + Arrays.toString(shape) + ".");
        }
        byte[] all = pixels.bytes();
        return run(IntStream.range(0, (int) shape[0])
                .mapToObj(i -> Arrays.copyOfRange(all, i * size.bytes(), (i + 1) * size.bytes()))
                .toList());
    }

    private byte[] pixels(Picture picture) {
        return ports.picture().pixels(picture);
    }

    private List<Classification> run(List<byte[]> pictures) {
        List<Classification> results = new ArrayList<>();
        int classes = ports.labels().size();
        for (List<byte[]> lot : ports.picture().batch().lots(pictures)) {
            float[] scores = scores(lot);
            for (int i = 0; i < lot.size(); i++) {
                results.add(Labels.classification(
                        model(), ports.labels(), Arrays.copyOfRange(scores, i * classes, (i + 1) * classes)));
            }
        }
        return results;
    }

    private float[] scores(List<byte[]> lot) {
        Tensor output = ports.picture().run(model(), lot, ports.probabilities());
        long n = ports.picture().batch().of(lot.size());
        if (!Arrays.equals(output.sizes(), new long[] {n, ports.labels().size()})) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    model().name() + " has " + ports.labels().size() + " labels, but returned scores of shape "
                            + Arrays.toString(output.sizes()) + " for " + n + " pictures.",
                    "Correct the labels in its metadata.");
        }
        return (float[]) output.elements();
    }

    /** Returns the size that pictures are resized to. */
    public PictureSize pictureSize() {
        return ports.picture().size();
    }

    /** Returns the part of a picture that it sees, from the file's metadata {@value Framing#METADATA}. */
    public Framing framing() {
        return ports.picture().framing();
    }

    /** Returns the names of the classes, in the order of the graph's output. */
    public List<String> labels() {
        return ports.labels();
    }
}
