package dev.jzoo.finetune.base;

import dev.jzoo.export.PixelInput.PixelLayout;
import dev.jzoo.inference.pictures.PictureSize;
import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.FeatureTap;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.onnx.passes.GraphPass;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.error.JZooException.Code;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A network to start from, as its file defines it, with its picture input and its features.
 *
 * @param name the user's name for it
 * @param file the file, with a batch axis of any size unless the network requires its own
 * @param sha256 digest of the file without its metadata
 * @param picture the input
 * @param layout layout of the input; empty if it takes a picture's bytes, [batch, height, width, channels], and
 *     contains the pre-processing
 * @param size picture size of the network
 * @param tap the tensor of the features, as far as the graph shows
 * @param isTapGiven whether the user named this tensor
 * @param fixedBatch number of pictures that the file was written for, if it states one
 * @param notice a message for the user; may be empty
 */
public record BaseNetwork(
        String name,
        OnnxFile file,
        Sha256 sha256,
        ValueInfo picture,
        Optional<PixelLayout> layout,
        PictureSize size,
        FeatureTap tap,
        boolean isTapGiven,
        OptionalLong fixedBatch,
        String notice) {

    private static final int USUAL_SIZE = 224;

    private static final String NEEDED =
            "A base takes one picture: float [N, 3, height, width] or [N, height, width, 3], or"
                    + " uint8 [N, height, width, 3]. 1 channel is possible too. 'jzoo inspect' shows the inputs of a file.";

    /**
     * Opens a file.
     *
     * @param name the user's name for it, for messages
     * @param features name of the tensor with the features; empty to find it automatically
     * @param side height and width of the pictures if the file leaves them open; empty for 224
     * @throws JZooException BAD_INPUT if it is not an image network; the message names its inputs and the expected ones
     * @throws dev.jzoo.zoo.error.DataFormatException if it is not an ONNX file
     */
    public static BaseNetwork read(String name, Path path, Optional<String> features, OptionalInt side)
            throws IOException {
        OnnxFile file = OnnxFile.read(path);
        if (!Splice.takes(file)) {
            throw bad(
                    name + " cannot be a base: it has opset " + file.opset() + "; 7 or later is required.",
                    "Convert it with onnx.version_converter.");
        }
        Sha256 digest = file.withMetadata(Map.of()).fingerprint().sha256();
        Graph written = GraphPass.topologicalOrder().apply(file.graph());
        Graph graph = GraphPass.pruning().apply(GraphPass.inferenceForm().apply(written));
        Set<String> read = read(graph);
        List<ValueInfo> inputs = graph.inputs().stream()
                .filter(input -> !graph.initializers().containsKey(input.name()) && read.contains(input.name()))
                .toList();
        if (inputs.size() != 1 || graph.outputs().isEmpty()) {
            throw bad(name + " cannot be a base: it has the inputs " + inputs + ".", NEEDED);
        }
        ValueInfo declared = inputs.get(0);
        Optional<PixelLayout> layout = layout(name, declared);
        Axes axes = Axes.of(declared, layout);
        PictureSize size = size(name, declared, axes, side);
        String notice = axes.isOpen() && side.isEmpty()
                ? name + " takes pictures of any size; " + size.height() + " x " + size.width()
                        + " is used. Set --size for another size."
                : "";
        ValueInfo picture = new ValueInfo(declared.name(), declared.type(), axes.sized(size));
        Graph open = new Graph(
                graph.name(), List.of(picture), graph.outputs(), graph.initializers(), graph.nodes(), List.of());
        OnnxFile freed = new OnnxFile(
                Math.max(4, file.irVersion()), // earlier versions require initializers to be inputs
                file.opsets(),
                file.producer(),
                open,
                file.metadata());
        BaseNetwork found = new BaseNetwork(
                name,
                freed,
                digest,
                picture,
                layout,
                size,
                FeatureTap.of(open),
                false,
                axes.batch().fixedSize(),
                notice(written, open, notice, name));
        return features.isEmpty() ? found : found.named(features.get());
    }

    /** Returns the names that nodes read, including the nodes in bodies. */
    private static Set<String> read(Graph graph) {
        Set<String> names = new HashSet<>();
        for (Node node : graph.nodes()) {
            names.addAll(node.inputs());
            node.attributes().values().forEach(attribute -> {
                if (attribute instanceof Attribute.Subgraph body) {
                    names.addAll(read(body.value()));
                }
            });
        }
        return names;
    }

    private static String notice(Graph written, Graph inferring, String notice, String name) {
        boolean same = written.nodes().containsAll(inferring.nodes());
        return same
                ? notice
                : (notice + " " + name
                                + " was exported in training mode. It is used in inference mode: with the running"
                                + " statistics of its batch normalisations, and without dropout.")
                        .strip();
    }

    /** Returns the same network for one picture at a time; some files have that size inside. */
    BaseNetwork single() {
        return withBatch(1);
    }

    /**
     * Returns the same network for the number of pictures that its file was written for, or for one if the file takes
     * any number.
     */
    BaseNetwork asWritten() {
        return withBatch(fixedBatch.orElse(1));
    }

    private BaseNetwork withBatch(long batch) {
        List<Dimension> shape = new ArrayList<>(picture.shape());
        shape.set(0, Dimension.of(batch));
        ValueInfo one = new ValueInfo(picture.name(), picture.type(), shape);
        Graph graph = file.graph();
        Graph fixed = new Graph(
                graph.name(), List.of(one), graph.outputs(), graph.initializers(), graph.nodes(), graph.values());
        return new BaseNetwork(
                name, file.withGraph(fixed), sha256, one, layout, size, tap, isTapGiven, fixedBatch, notice);
    }

    /** Returns the same network with features in another tensor. */
    public BaseNetwork withTap(FeatureTap other) {
        return new BaseNetwork(name, file, sha256, picture, layout, size, other, isTapGiven, fixedBatch, notice);
    }

    /** Returns the same network with another graph, or this network if the graph is the same object. */
    BaseNetwork withGraph(Graph graph) {
        return graph == file.graph()
                ? this
                : new BaseNetwork(
                        name,
                        file.withGraph(graph),
                        sha256,
                        picture,
                        layout,
                        size,
                        tap,
                        isTapGiven,
                        fixedBatch,
                        notice);
    }

    /** Returns whether it takes any number of pictures at once. */
    public boolean takesMany() {
        return batch().fixedSize().isEmpty();
    }

    /** Returns the number of pictures that it takes at once. */
    Dimension batch() {
        return picture.shape().get(0);
    }

    /** Returns the element type of its input. */
    DataType type() {
        return picture.type().isFloating() ? picture.type() : DataType.FLOAT;
    }

    private BaseNetwork named(String tensor) throws IOException {
        Graph graph = file.graph();
        boolean known = graph.nodes().stream().anyMatch(node -> node.outputs().contains(tensor));
        if (!known) {
            throw new JZooException(
                    Code.NOT_FOUND,
                    name + " has no tensor '" + tensor + "', which --features names.",
                    ("Omit --features to find the tensor automatically. " + FeatureCandidates.of(this)).strip());
        }
        return new BaseNetwork(
                name, file, sha256, picture, layout, size, FeatureTap.named(graph, tensor), true, fixedBatch, notice);
    }

    private static Optional<PixelLayout> layout(String name, ValueInfo input) {
        boolean bytes = input.type() == DataType.UINT8;
        if (input.shape().size() == 4 && (bytes || input.type().isFloating() && input.type() != DataType.BFLOAT16)) {
            if (isChannels(input.shape().get(3)) && !isChannels(input.shape().get(1))) {
                return bytes ? Optional.empty() : Optional.of(PixelLayout.CHANNELS_LAST);
            }
            boolean first = isChannels(input.shape().get(1))
                    || input.shape().get(1) instanceof Dimension.SymbolicDimension
                    || input.shape().get(1) instanceof Dimension.UnknownDimension;
            if (first && !bytes) {
                return Optional.of(PixelLayout.CHANNELS_FIRST);
            }
        }
        throw bad(name + " cannot be a base: it takes " + input + ", which is not a picture.", NEEDED);
    }

    private static boolean isChannels(Dimension dim) {
        return dim instanceof Dimension.FixedDimension fixed && (fixed.size() == 1 || fixed.size() == 3);
    }

    private static PictureSize size(String name, ValueInfo input, Axes axes, OptionalInt side) {
        int height = fixed(axes.height()).orElse(side.orElse(USUAL_SIZE));
        int width = fixed(axes.width()).orElse(side.orElse(USUAL_SIZE));
        if (side.isPresent() && (height != side.getAsInt() || width != side.getAsInt())) {
            throw new IllegalArgumentException("--size " + side.getAsInt() + " does not fit " + name + ", which takes "
                    + input + ". Omit the option.");
        }
        return new PictureSize(height, width, fixed(axes.channels()).orElse(3));
    }

    private static OptionalInt fixed(Dimension dim) {
        return dim instanceof Dimension.FixedDimension fixed
                ? OptionalInt.of(Math.toIntExact(fixed.size()))
                : OptionalInt.empty();
    }

    private static JZooException bad(String message, String hint) {
        return new JZooException(Code.BAD_INPUT, message, hint);
    }

    /** The axes of a picture, by role. */
    private record Axes(Dimension batch, Dimension height, Dimension width, Dimension channels, boolean first) {

        static Axes of(ValueInfo input, Optional<PixelLayout> layout) {
            List<Dimension> shape = input.shape();
            return layout.equals(Optional.of(PixelLayout.CHANNELS_FIRST))
                    ? new Axes(shape.get(0), shape.get(2), shape.get(3), shape.get(1), true)
                    : new Axes(shape.get(0), shape.get(1), shape.get(2), shape.get(3), false);
        }

        boolean isOpen() {
            return !(height instanceof Dimension.FixedDimension && width instanceof Dimension.FixedDimension);
        }

        List<Dimension> sized(PictureSize size) {
            Dimension h = Dimension.of(size.height());
            Dimension w = Dimension.of(size.width());
            Dimension c = Dimension.of(size.channels());
            return first ? List.of(Dimension.BATCH, c, h, w) : List.of(Dimension.BATCH, h, w, c);
        }
    }
}
