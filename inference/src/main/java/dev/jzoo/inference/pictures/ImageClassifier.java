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
 * Says what is in a picture. Holds native memory until it is closed; threads may share it, as they may an
 * {@link OnnxModel}.
 *
 * <p>The graph takes uint8 [N, height, width, channels] and gives the probability of each class, float [N, classes]; all
 * pre-processing but decoding and resizing is in the graph. The names of the classes are in its metadata, as the card or
 * as a JSON array under {@code labels}; a file without them has its classes numbered from 0.
 */
public final class ImageClassifier extends TaskModel {

    private static final TaskLoader<ImageClassifier> LOADER = new TaskLoader<>(ImageClassifier::new);

    private final ClassifierPorts ports;

    private ImageClassifier(OnnxModel model) throws DataFormatException {
        super(model);
        this.ports = ClassifierPorts.of(model);
    }

    /** Opens a model on the processor; see {@link #load(String, Device)}. */
    public static ImageClassifier load(String idOrPath) throws IOException {
        return load(idOrPath, Device.cpu());
    }

    /**
     * Opens a model of the zoo, downloaded if need be, or a file.
     *
     * @param idOrPath "mnist-logistic", "mnist-logistic@1.0.0", "digits.onnx", or a folder that has a model.onnx
     * @throws JZooException NOT_FOUND where there is none, naming the nearest; BAD_INPUT where it is no image classifier,
     *     saying what it needs; DEVICE where the device cannot be used
     * @throws DataFormatException where the file is no ONNX model, or its labels do not fit its outputs
     */
    public static ImageClassifier load(String idOrPath, Device device) throws IOException {
        return LOADER.load(idOrPath, device);
    }

    /** Opens a file. Fails as {@link #load(String, Device)}. */
    public static ImageClassifier open(Path file, Device device) throws IOException {
        return LOADER.open(file, device);
    }

    /** Takes over an open model, which is closed with this classifier, or at once where it is no image classifier. */
    public static ImageClassifier of(OnnxModel model) throws DataFormatException {
        return LOADER.of(model);
    }

    /** Classifies one picture. Fails as {@link PictureReader#read} where it cannot be read. */
    public Classification classify(Path picture) throws IOException {
        return classify(Picture.read(picture));
    }

    /** Classifies a picture in memory. */
    public Classification classify(BufferedImage picture) {
        return classify(Picture.of(picture));
    }

    /** Classifies a picture that was decoded before, perhaps from the body of a request: {@link Picture#decode}. */
    public Classification classify(Picture picture) {
        return run(List.of(pixels(picture))).get(0);
    }

    /**
     * Classifies pictures in one batch, in larger numbers in several.
     *
     * @return as many as there are pictures, in their order
     * @throws DataFormatException naming all files that cannot be read; then none is classified
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
     * Classifies any number of pictures, as they are asked for: memory does not depend on how many there are. As many
     * threads as there are processors decode ahead of the result that is asked for, by two batches of 16 (or of as many as
     * the graph has fixed) or twice the number of threads, whichever is more.
     *
     * <p>The result is sequential; it ends early with the exception if the model fails, or is closed. Closing it closes
     * the pictures' stream too.
     *
     * @param pictures is taken from as results are asked for, by the thread that asks
     * @return an outcome for each picture, in their order; of a file that cannot be read its failure
     */
    public Stream<Outcome> classify(Stream<Path> pictures) {
        OutcomeIterator outcomes = new OutcomeIterator(pictures.iterator(), ports.picture(), this::run);
        int traits = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(outcomes, traits), false)
                .onClose(outcomes::stop)
                .onClose(pictures::close);
    }

    /**
     * Classifies pixels as they are.
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
                    model().name() + " takes uint8 [N, " + size.height() + ", " + size.width() + ", " + size.channels()
                            + "], given was " + pixels.type() + " " + Arrays.toString(shape) + ".");
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
                    model().name() + " has " + ports.labels().size() + " labels, but gave scores of shape "
                            + Arrays.toString(output.sizes()) + " for " + n + " pictures.",
                    "Correct the labels in its metadata.");
        }
        return (float[]) output.elements();
    }

    /** The size that pictures are brought to. */
    public PictureSize pictureSize() {
        return ports.picture().size();
    }

    /** What of a picture it sees, as its file says under {@value Framing#METADATA}. */
    public Framing framing() {
        return ports.picture().framing();
    }

    /** The names of the classes, in the order of the graph's output. */
    public List<String> labels() {
        return ports.labels();
    }
}
