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
 * Finds out by running a base what its file does not say: the sizes and types of its tensors, so where its features are; how many
 * pictures it takes; and that its features of a picture do not depend on other pictures or on chance.
 */
public final class BaseProbe {

    private static final Set<String> DETECTING =
            Set.of("NonMaxSuppression", "RoiAlign", "MaxRoiPool", "TopK", "NonZero", "EfficientNMS_TRT");

    private static final Set<String> ATTENDING =
            Set.of("LayerNormalization", "SkipLayerNormalization", "Attention", "MultiHeadAttention");

    /**
     * A base that was looked at.
     *
     * @param base for any number of pictures, or for one at a time where it cannot do otherwise
     * @param shape how its features are made a row
     * @param notices what the user should know
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
     * Looks at a base.
     *
     * @throws JZooException BAD_INPUT where it has no features, or they depend on more than the picture
     */
    public static Probed of(BaseNetwork opened) throws IOException {
        BaseProbe probe = new BaseProbe(opened);
        return probe.probed(opened.isTapGiven() ? opened : opened.withTap(probe.tap()));
    }

    /** Looks at a base whose features are where it says. Fails as {@link #of}. */
    public static Probed at(BaseNetwork tapped) throws IOException {
        return new BaseProbe(tapped).probed(tapped);
    }

    private Probed probed(BaseNetwork tapped) throws IOException {
        Graph needed = needed(tapped);
        Optional<Node> random = PictureIndependence.random(needed);
        if (random.isPresent()) {
            throw refused(
                    opened.name() + " cannot be a base: " + random.get().describe()
                            + " draws random numbers before its features '"
                            + tapped.tap().tensor() + "', so that its answer is a matter of chance.",
                    "Export the network for inference, or name features before that node with --features.");
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
                    base.name() + " gives no features to learn from: '"
                            + base.tap().tensor() + "' (" + base.tap().reason() + ") is of type " + port.type()
                            + "; expected were real numbers.",
                    advice());
        }
        DataType type = real ? DataType.valueOf(port.type().name()) : DataType.FLOAT;
        Optional<FeatureShape> row = FeatureShape.of(shape, type, base.tap());
        if (row.isEmpty()) {
            throw refused(
                    base.name() + " gives no features to learn from: '"
                            + base.tap().tensor() + "' ("
                            + base.tap().reason() + ") has the shape " + Arrays.toString(shape)
                            + " for one picture; expected were 2 to " + FeatureShape.MOST + " numbers.",
                    advice());
        }
        return row.get();
    }

    private String advice() throws IOException {
        return "Take a classifier of pictures as the base, or name its features with --features. "
                + FeatureCandidates.of(opened);
    }

    private static JZooException refused(String message, String hint) {
        return new JZooException(Code.BAD_INPUT, message, hint.strip());
    }

    /** The tap that the graph tells; the deepest maps where the network has no row of numbers for a picture. */
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
        String instead = "its output '" + output + "' " + end.shape() + " is no row of numbers for a picture";
        return DeepestMaps.of(ports.subList(0, DeepestMaps.tensors(graph).size()), instead)
                .orElse(tap);
    }

    /** Whether what a network gives, or is believed to give where its size is open, is a row for each picture, or tokens. */
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

    /** The base for any number of pictures, if it can; else for one. */
    private BaseNetwork batched(BaseNetwork base, Graph needed) throws IOException {
        Optional<Node> range = PictureIndependence.rangeOfCall(needed);
        if (range.isPresent()) {
            notices.add(base.name() + " scales its numbers by all pictures of a call ("
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
                    base.name() + " gives no features for pictures one by one: '"
                            + base.tap().tensor()
                            + "' has no row for each picture unless there are "
                            + (base.fixedBatch().isPresent()
                                    ? base.fixedBatch().getAsLong()
                                    : "as many as it was exported for")
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

    /** Whether any number of pictures gives as many rows; one that it may have been written for tells nothing. */
    private boolean isForAny(BaseNetwork base) throws IOException {
        return isFor(base, 1, base.fixedBatch().orElse(1) == 3 ? 2 : 3);
    }

    /** Whether so many pictures give so many rows. */
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
            return false; // if nothing else works either, what ONNX Runtime says of one picture is told
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
