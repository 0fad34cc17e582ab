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
 * A model that turns pictures into vectors, so that pictures which the model considers similar have similar vectors. The
 * vector is usually a classifier's input to its last layer. Holds native memory until it is closed. Like an {@link
 * OnnxModel}, it can be shared by threads.
 *
 * <p>The vectors come from one tensor, float [N, ...], with a row for each picture. Its other axes are fixed and form one
 * vector of {@link #dimension()} numbers in row-major order. It need not be an output of the graph. For the zoo's own
 * models the manifest names the tensor. Other files name it in their metadata, as fine-tuned models do, or have an output
 * {@code features}; for all others you name it.
 */
public final class Embedder extends TaskModel {

    /** The name of the output in files made for embedding. */
    private static final String FEATURES = "features";

    /** The metadata key under which a file names the tensor. */
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
                            + " is not a vector for each picture: expected float [N, ...] with all axes fixed but the"
                            + " first.",
                    "Name another tensor, such as the input of the last layer.");
        }
        return (int) size;
    }

    private static JZooException unnamed(String model) {
        return new JZooException(
                JZooException.Code.BAD_INPUT,
                model + " does not name the tensor with its features: it has neither an output '" + FEATURES
                        + "' nor metadata " + METADATA + ".",
                "Name the tensor, such as the input of the last layer.");
    }

    /** Opens a model on the CPU; see {@link #load(String, Device)}. */
    public static Embedder load(String idOrPath) throws IOException {
        return load(idOrPath, Device.cpu());
    }

    /**
     * Opens a model of the zoo, downloading it if needed, with the first features tensor in the manifest, or a file as with
     * {@link #open(Path, Device)}.
     *
     * @param idOrPath "mnist-lenet", "mnist-lenet@1.0.0", "digits.onnx", or a folder with a model.onnx
     * @throws JZooException NOT_FOUND if the model does not exist, naming the most similar one; BAD_INPUT if the tensor is
     *     not named anywhere; DEVICE if the device cannot be used
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
                        "The zoo's manifest names no features tensor for " + idOrPath + ".",
                        "Open its file, and name the tensor."));
        return open(ModelSource.locate(idOrPath, zoo), tensor, device);
    }

    /**
     * Opens a file that has an output {@code features}, or whose metadata {@value #METADATA} names the tensor. Fails like
     * {@link #open(Path, String, Device)}.
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
     * @param tensor name of a tensor of its graph, float [N, ...], which need not be an output
     * @throws IllegalArgumentException if the graph computes no such tensor, naming its last ones
     * @throws DataFormatException if the file is not an ONNX model
     * @throws JZooException NOT_FOUND if the file does not exist; BAD_INPUT if the tensor is not a vector of fixed length
     *     for each picture; DEVICE if the device cannot be used
     */
    public static Embedder open(Path file, String tensor, Device device) throws IOException {
        return loader(tensor).of(OnnxModel.openWith(file, tensor, device));
    }

    /**
     * Returns the vector of a picture, decoded and resized as in {@link ImageClassifier}.
     *
     * @return {@link #dimension()} numbers
     * @throws DataFormatException naming the file if it cannot be read, like {@link PictureReader#read}
     * @throws JZooException BAD_INPUT if the model does not take pictures
     */
    public float[] embed(Path picture) throws IOException {
        return run(List.of(pictures().pixels(Picture.read(picture)))).get(0);
    }

    /** Returns the vector of a picture in memory. */
    public float[] embed(BufferedImage picture) {
        return run(List.of(pictures().pixels(Picture.of(picture)))).get(0);
    }

    /**
     * Returns the vectors of pictures, computed in batches.
     *
     * @return one vector for each picture, in their order
     * @throws DataFormatException naming the first picture that cannot be read
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
     * Returns the vectors of other inputs, for a model with one input.
     *
     * @param batch [N, ...] of the type and shape of the input
     * @return N vectors
     * @throws IllegalArgumentException if it does not fit the model
     */
    public List<float[]> embed(Tensor batch) {
        if (model().inputs().size() != 1) {
            throw new IllegalArgumentException(
                    model().name() + " takes more than one tensor: " + model().inputs() + ". Run it with OnnxModel.");
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
                model().name() + " does not take pictures: expected one input uint8 [N, height, width, 1 or 3], found "
                        + model().inputs() + ".",
                "Pass a tensor instead."));
    }

    /** Returns the length of a vector. */
    public int dimension() {
        return dimension;
    }

    /** Returns the name of the tensor that contains the vectors. */
    public String tensor() {
        return tensor;
    }

    /**
     * Returns the cosine of the angle between two vectors: 1 for the same direction, 0 for a right angle, -1 for opposite
     * directions, and 0 if one of them is zero. Computed in double precision.
     *
     * @throws IllegalArgumentException if their lengths differ
     */
    public static double cosineSimilarity(float[] one, float[] other) {
        if (one.length != other.length) {
            throw new IllegalArgumentException(
                    "Expected two vectors of equal length, found " + one.length + " and " + other.length + " numbers.");
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
