package dev.jzoo.finetune.base;

import dev.jzoo.export.GraphProbe;
import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.Port;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.FeatureTap;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.passes.GraphPass;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.error.JZooException.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A probe that runs a base to find what its file does not state: the sizes and types of its tensors, and so its
 * features; the number of pictures it takes at once; and that its features of a picture depend neither on other
 * pictures nor on chance.
 */
public final class BaseProbe {

    private static final Set<String> DETECTING =
            Set.of("NonMaxSuppression", "RoiAlign", "MaxRoiPool", "TopK", "NonZero", "EfficientNMS_TRT");

    private static final Set<String> ATTENDING =
            Set.of("LayerNormalization", "SkipLayerNormalization", "Attention", "MultiHeadAttention");

    /**
     * A base after probing.
     *
     * @param base the base for any number of pictures, or for one at a time if it cannot take more
     * @param shape the way its features become a row
     * @param notices messages for the user
     */
    public record Probed(BaseNetwork base, FeatureShape shape, List<String> notices) {}

    private final BaseNetwork opened;
    private final Optional<Normalization> any;
    private final List<String> notices = new ArrayList<>();

    private BaseProbe(BaseNetwork opened) {
        this.opened = opened;
        this.any = opened.layout().isPresent() ? Optional.of(Normalization.UNIT) : Optional.empty();
    }

    /**
     * Probes a base.
     *
     * @throws JZooException BAD_INPUT if it has no features, or if they depend on more than the picture
     */
    public static Probed of(BaseNetwork opened) throws IOException {
        BaseProbe probe = new BaseProbe(opened);
        return probe.probed(opened.isTapGiven() ? opened : opened.withTap(probe.tap()));
    }

    /** Probes a base whose features are given. Fails like {@link #of}. */
    public static Probed at(BaseNetwork tapped) throws IOException {
        return new BaseProbe(tapped).probed(tapped);
    }

    private Probed probed(BaseNetwork tapped) throws IOException {
        Graph needed = needed(tapped);
        Optional<Node> random = PictureIndependence.random(needed);
        if (random.isPresent()) {
            throw refused(
                    opened.name() + " cannot be a base: " + random.get().describe()
                            + " draws random numbers before the features '"
                            + tapped.tap().tensor() + "', so its results are random.",
                    "Export the network for inference, or use --features to name a tensor before that node.");
        }
        BaseNetwork usable = batched(tapped, needed);
        try (GraphProbe probe = probe(usable, usable.tap().tensor())) {
            Tensor features = probe.run(pictures(usable, 1)).get(usable.tap().tensor());
            return new Probed(
                    usable, shape(usable, features.shape(), probe.ports().get(0)), notices);
        }
    }

    private FeatureShape shape(BaseNetwork base, long[] shape, Port port) throws IOException {
        boolean real = port.type().carrier() == ElementType.FLOAT || port.type() == ElementType.DOUBLE;
        if (!real && base.tap().scale().isEmpty()) {
            throw refused(
                    base.name() + " has no features to train on: '"
                            + base.tap().tensor() + "' (" + base.tap().reason() + ") is of type " + port.type()
                            + "; expected: real numbers.",
                    advice());
        }
        DataType type = real ? DataType.valueOf(port.type().name()) : DataType.FLOAT;
        Optional<FeatureShape> row = FeatureShape.of(shape, type, base.tap());
        if (row.isEmpty()) {
            throw refused(
                    base.name() + " has no features to train on: '"
                            + base.tap().tensor() + "' ("
                            + base.tap().reason() + ") has the shape " + Arrays.toString(shape)
                            + " for one picture; expected: 2 to " + FeatureShape.MOST + " numbers.",
                    advice());
        }
        return row.get();
    }

    private String advice() throws IOException {
        return "Use a picture classifier as the base, or name the tensor of the features with --features. "
                + FeatureCandidates.of(opened);
    }

    private static JZooException refused(String message, String hint) {
        return new JZooException(Code.BAD_INPUT, message, hint.strip());
    }

    /** Returns the tap that the graph shows, or the deepest maps if the network has no row of numbers for a picture. */
    private FeatureTap tap() throws IOException {
        Graph graph = opened.file().graph();
        FeatureTap tap = opened.tap();
        String output = FeatureTap.output(graph);
        List<String> tensors = new ArrayList<>(DeepestMaps.tensors(graph));
        if (!tensors.contains(output)) {
            tensors.add(output);
        }
        List<Port> ports;
        try (GraphProbe probe = GraphProbe.of(opened.asWritten().file(), opened.name(), tensors)) {
            ports = probe.ports();
        }
        Port end = ports.stream()
                .filter(port -> port.name().equals(output))
                .findFirst()
                .orElseThrow();
        if (isRow(graph, tap, end)) {
            return tap;
        }
        String instead = "its output '" + output + "' " + end.shape() + " is not one row of numbers for a picture";
        return DeepestMaps.of(ports.subList(0, DeepestMaps.tensors(graph).size()), instead)
                .orElse(tap);
    }

    /**
     * Returns whether a network's output is a row per picture, or tokens; if its size is open, this is what the graph
     * suggests.
     */
    private static boolean isRow(Graph graph, FeatureTap tap, Port end) {
        boolean isOutput = tap.layer().isEmpty();
        if (isOutput && (end.type().carrier() != ElementType.FLOAT || has(graph, DETECTING))) {
            return false;
        }
        if (end.shape().stream().anyMatch(axis -> axis.fixedSize().isEmpty())) {
            return true;
        }
        // The first axis is the pictures.
        long[] sizes = end.shape().stream()
                .skip(1)
                .map(Dimension::fixedSize)
                .mapToLong(OptionalLong::orElseThrow)
                .toArray();
        long longest = LongStream.of(sizes).max().orElse(1);
        boolean row = LongStream.of(sizes).reduce(1, Math::multiplyExact) == longest;
        return row || sizes.length == 2 && has(graph, ATTENDING);
    }

    private static boolean has(Graph graph, Set<String> opTypes) {
        return graph.nodes().stream().anyMatch(node -> opTypes.contains(node.opType()));
    }

    private static Graph needed(BaseNetwork base) {
        Graph graph = base.file().graph();
        return GraphPass.pruning().apply(Splice.ending(graph, List.of(base.tap().tensor())));
    }

    /** Returns the base for any number of pictures if possible, otherwise for one. */
    private BaseNetwork batched(BaseNetwork base, Graph needed) throws IOException {
        Optional<Node> range = PictureIndependence.rangeOfCall(needed);
        if (range.isPresent()) {
            notices.add(base.name() + " quantises with a scale computed from all pictures of a call ("
                    + range.get().describe() + "), so the classifier takes one picture at a time.");
            return base.single();
        }
        if (isForAny(base)) {
            if (base.fixedBatch().equals(OptionalLong.of(1)) && !isIndependent(base)) {
                return single(base);
            }
            independence(base).require(base.tap().tensor());
            return base;
        }
        BaseNetwork open = base.withGraph(
                OpenBatch.of(base.file().graph(), base.fixedBatch().orElse(1)));
        if (open != base && isForAny(open) && isIndependent(open)) {
            return open;
        }
        if (base.fixedBatch().orElse(1) > 1 || !isFor(base.single(), 1)) {
            throw refused(
                    base.name() + " cannot be a base: it has no features for each single picture: '"
                            + base.tap().tensor()
                            + "' has one row per picture only for "
                            + (base.fixedBatch().isPresent()
                                    ? base.fixedBatch().getAsLong()
                                    : "the number it was exported for")
                            + ".",
                    "Export it with an open batch axis, or for one picture. " + FeatureCandidates.of(opened));
        }
        return single(base);
    }

    private BaseNetwork single(BaseNetwork base) {
        notices.add(base.name() + " takes one picture at a time, and so does the classifier.");
        return base.single();
    }

    private boolean isIndependent(BaseNetwork base) throws IOException {
        try {
            independence(base).require(base.tap().tensor());
            return true;
        } catch (JZooException e) {
            return false;
        }
    }

    private PictureIndependence independence(BaseNetwork base) {
        return new PictureIndependence(ClassifierAssembly.prepared(base, any), base.name(), base.size());
    }

    /**
     * Returns whether any number of pictures gives the same number of rows. Does not test the number that the file may
     * have been written for.
     */
    private boolean isForAny(BaseNetwork base) throws IOException {
        return isFor(base, 1, base.fixedBatch().orElse(1) == 3 ? 2 : 3);
    }

    /** Returns whether these numbers of pictures give the same numbers of rows. */
    private boolean isFor(BaseNetwork base, int... counts) throws IOException {
        String tensor = base.tap().tensor();
        try (GraphProbe probe = probe(base, tensor)) {
            for (int count : counts) {
                long[] shape = probe.run(pictures(base, count)).get(tensor).shape();
                if (shape.length == 0 || shape[0] != count) {
                    return false;
                }
            }
            return true;
        } catch (JZooException | DataFormatException e) {
            return false; // if everything else fails too, the message quotes ONNX Runtime's error for one picture
        }
    }

    private GraphProbe probe(BaseNetwork base, String tensor) throws IOException {
        OnnxFile prepared = ClassifierAssembly.prepared(base, any);
        return GraphProbe.of(prepared, base.name(), List.of(tensor));
    }

    private Map<String, Tensor> pictures(BaseNetwork base, int count) {
        PictureIndependence pictures = independence(base);
        return pictures.given(
                LongStream.range(0, count).mapToObj(pictures::noise).toList());
    }
}
