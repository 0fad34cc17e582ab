package dev.jzoo.inference.pictures;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.ModelSource;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Port;
import dev.jzoo.inference.TaskLoader;
import dev.jzoo.inference.TaskModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.hub.ModelReference;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Turns pictures into vectors of numbers, so that pictures which a model finds alike have vectors that are close: what a
 * classifier computes before its last layer. Holds native memory until it is closed; threads may share it, as they may an
 * {@link OnnxModel}.
 *
 * <p>The tensor is float [N, ...], a row for each picture; its other axes are fixed, and make one vector of {@link
 * #dimension()} numbers in row-major order. It need not be an output of the graph. What it is called the zoo's list says
 * of its own models, a file its metadata, such as one that fine-tuning made; of other files the caller does, unless they have an
 * output {@code features}.
 */
public final class Embedder extends TaskModel {

    /** The output that a file which is meant for this has. */
    private static final String FEATURES = "features";

    /** Where a file's metadata names the tensor. */
    public static final String METADATA = "jzoo.features";

    private final Optional<PicturePort> picture;
    private final String tensor;
    private final int dimension;

    private Embedder(OnnxModel model, String tensor) throws DataFormatException {
        super(model);
        Port port = model.outputs().stream()
                .filter(output -> output.name().equals(tensor))
                .findFirst()
                .orElseThrow(() -> unnamed(model.name()));
        this.picture = PicturePort.of(model);
        this.tensor = tensor;
        this.dimension = dimension(model, port);
    }

    private static TaskLoader<Embedder> loader(String tensor) {
        return new TaskLoader<>(model -> new Embedder(model, tensor));
    }

    private static int dimension(OnnxModel model, Port port) {
        long size = IntStream.range(1, port.shape().size())
                .mapToLong(port::size)
                .reduce(1, (a, b) -> a < 1 || b < 1 || a > Integer.MAX_VALUE ? -1 : a * b);
        if (port.type().carrier() != ElementType.FLOAT
                || port.shape().size() < 2
                || size < 1
                || size > Integer.MAX_VALUE) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    port + " of " + model.name()
                            + " is no vector for each picture: it needs to be float [N, ...], its axes"
                            + " fixed but the first.",
                    "Name another tensor, such as the input of the last layer.");
        }
        return (int) size;
    }

    private static JZooException unnamed(String model) {
        return new JZooException(
                JZooException.Code.BAD_INPUT,
                model + " does not say which of its tensors are features: it has no output '" + FEATURES
                        + "', and no metadata " + METADATA + ".",
                "Name the tensor, such as the input of the last layer.");
    }

    /** Opens a model on the processor; see {@link #load(String, Device)}. */
    public static Embedder load(String idOrPath) throws IOException {
        return load(idOrPath, Device.cpu());
    }

    /**
     * Opens a model of the zoo, downloaded if need be, with the first of the features that the zoo's list names, or a file
     * as {@link #open(Path, Device)}.
     *
     * @param idOrPath "mnist-lenet", "mnist-lenet@1.0.0", "digits.onnx", or a folder that has a model.onnx
     * @throws JZooException NOT_FOUND where there is none, naming the nearest; BAD_INPUT where nothing says which tensor it
     *     is; DEVICE where the device cannot be used
     */
    public static Embedder load(String idOrPath, Device device) throws IOException {
        return load(idOrPath, device, Zoo.standard());
    }

    static Embedder load(String idOrPath, Device device, Zoo zoo) throws IOException {
        if (!ModelReference.isName(idOrPath)) {
            return open(ModelSource.locate(idOrPath), device);
        }
        String tensor = zoo.show(idOrPath).entry().features().stream()
                .map(Manifest.ManifestTensor::name)
                .findFirst()
                .orElseThrow(() -> new JZooException(
                        JZooException.Code.BAD_INPUT,
                        "The zoo's list does not say which tensors of " + idOrPath + " are features.",
                        "Open its file, and name the tensor."));
        return open(ModelSource.locate(idOrPath, zoo), tensor, device);
    }

    /**
     * Opens a file that has an output {@code features}, or whose metadata {@value #METADATA} name the tensor. Fails as {@link
     * #open(Path, String, Device)}.
     */
    public static Embedder open(Path file, Device device) throws IOException {
        OnnxModel model = OnnxModel.open(file, device);
        String named = model.metadata().get(METADATA);
        boolean isOutput =
                model.outputs().stream().anyMatch(output -> output.name().equals(FEATURES));
        if (named == null || isOutput) {
            return loader(FEATURES).of(model);
        }
        model.close();
        return open(file, named, device);
    }

    /**
     * Opens a file.
     *
     * @param tensor name of a tensor of its graph, float [N, ...], whether it is an output or not
     * @throws IllegalArgumentException where the graph computes no such tensor, naming its last ones
     * @throws DataFormatException where the file is no ONNX model
     * @throws JZooException NOT_FOUND where there is no such file; BAD_INPUT where the tensor has no vector of a fixed length
     *     for each picture; DEVICE where the device cannot be used
     */
    public static Embedder open(Path file, String tensor, Device device) throws IOException {
        return loader(tensor).of(OnnxModel.openWith(file, tensor, device));
    }

    /**
     * The vector of a picture, which is decoded and brought to size as {@link ImageClassifier} does.
     *
     * @return {@link #dimension()} numbers
     * @throws DataFormatException naming the file where it cannot be read, as {@link PictureReader#read}
     * @throws JZooException BAD_INPUT where the model takes no pictures
     */
    public float[] embed(Path picture) throws IOException {
        return run(List.of(pictures().pixels(Picture.read(picture)))).get(0);
    }

    /** The vector of a picture in memory. */
    public float[] embed(BufferedImage picture) {
        return run(List.of(pictures().pixels(Picture.of(picture)))).get(0);
    }

    /**
     * The vectors of pictures, in one batch or, in larger numbers, in several.
     *
     * @return as many as there are pictures, in their order
     * @throws DataFormatException naming the first that cannot be read
     */
    public List<float[]> embed(List<Path> pictures) throws IOException {
        List<float[]> vectors = new ArrayList<>();
        for (List<Path> lot : pictures().batch().lots(pictures)) {
            List<byte[]> pixels = new ArrayList<>();
            for (Path picture : lot) {
                pixels.add(pictures().pixels(Picture.read(picture)));
            }
            vectors.addAll(run(pixels));
        }
        return vectors;
    }

    /**
     * The vectors of whatever else a model of one input takes.
     *
     * @param batch [N, ...] of the type and shape of the input
     * @return N vectors
     * @throws IllegalArgumentException where it does not fit the model
     */
    public List<float[]> embed(Tensor batch) {
        if (model().inputs().size() != 1) {
            throw new IllegalArgumentException(model().name() + " takes more than one tensor: " + model().inputs()
                    + ". Run it through OnnxModel.");
        }
        String input = model().inputs().get(0).name();
        Tensor rows = Objects.requireNonNull(
                model().run(Map.of(input, batch), Set.of(tensor)).get(tensor));
        return rows(rows, rows.size() / dimension);
    }

    private List<float[]> run(List<byte[]> lot) {
        return rows(pictures().run(model(), lot, tensor), lot.size());
    }

    private List<float[]> rows(Tensor tensor, int count) {
        float[] all = (float[]) tensor.elements();
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(Arrays.copyOfRange(all, i * dimension, (i + 1) * dimension));
        }
        return rows;
    }

    private PicturePort pictures() {
        return picture.orElseThrow(() -> new JZooException(
                JZooException.Code.BAD_INPUT,
                model().name() + " takes no pictures, uint8 [N, height, width, 1 or 3], but " + model().inputs() + ".",
                "Give it a tensor."));
    }

    /** The length of a vector. */
    public int dimension() {
        return dimension;
    }

    /** The name of the tensor that the vectors are. */
    public String tensor() {
        return tensor;
    }

    /**
     * How alike two vectors are: the cosine of the angle between them, 1 for the same direction, 0 for a right angle, -1
     * for opposite ones; 0 where one of them is zero. Computed in double precision.
     *
     * @throws IllegalArgumentException where they differ in length
     */
    public static double cosineSimilarity(float[] one, float[] other) {
        if (one.length != other.length) {
            throw new IllegalArgumentException(
                    "Vectors of " + one.length + " and of " + other.length + " numbers have no angle between them.");
        }
        double product = 0;
        double squares = 0;
        double otherSquares = 0;
        for (int i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
            squares += (double) one[i] * one[i];
            otherSquares += (double) other[i] * other[i];
        }
        double lengths = Math.sqrt(squares) * Math.sqrt(otherSquares);
        return lengths == 0 ? 0 : Math.max(-1, Math.min(1, product / lengths));
    }
}
