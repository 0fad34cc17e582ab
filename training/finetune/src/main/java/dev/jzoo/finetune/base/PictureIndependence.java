package dev.jzoo.finetune.base;

import dev.jzoo.export.GraphProbe;
import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.Port;
import dev.jzoo.inference.Tensor;
import dev.jzoo.inference.pictures.PictureSize;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.onnx.passes.GraphPass;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.error.JZooException.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells whether a file answers the same for a picture whatever other pictures are in the call, and each time. Statistics over a
 * batch and random numbers are of use in training; in a finished classifier they make its answer a matter of chance.
 *
 * @param file that takes pictures, uint8 [batch, height, width, channels]
 * @param name what messages call it
 * @param size of the pictures
 */
public record PictureIndependence(OnnxFile file, String name, PictureSize size) {

    private static final Set<String> RANDOM = Set.of(
            "RandomNormal",
            "RandomNormalLike",
            "RandomUniform",
            "RandomUniformLike",
            "Bernoulli",
            "Multinomial",
            "BiasDropout",
            "BitmaskDropout");

    /** What takes the range of all values of a call for its scale. */
    private static final Set<String> RANGE_OF_CALL = Set.of("DynamicQuantizeLinear", "DynamicQuantizeMatMul");

    /** The node of a graph that draws random numbers, where there is one that its outputs need. */
    static Optional<Node> random(Graph graph) {
        return first(graph, RANDOM);
    }

    /** The node of a graph whose scale depends on all values of a call, where there is one that its outputs need. */
    static Optional<Node> rangeOfCall(Graph graph) {
        return first(graph, RANGE_OF_CALL);
    }

    private static Optional<Node> first(Graph graph, Set<String> opTypes) {
        return GraphPass.pruning().apply(graph).nodes().stream()
                .filter(node -> opTypes.contains(node.opType()))
                .findFirst();
    }

    /**
     * Requires that the rows of a tensor do not depend on each other. A noisy picture is held in one call against a black, a white
     * and another noisy one, which have nothing in common, and then alone.
     *
     * @throws JZooException BAD_INPUT where they do, naming the node that mixes them
     */
    public void require(String tensor) throws IOException {
        List<byte[]> pictures = List.of(noise(1), filled(0), filled(255), noise(2));
        try (GraphProbe probe = GraphProbe.of(file, name, List.of(tensor))) {
            Tensor together = probe.run(given(pictures)).get(tensor);
            Tensor alone = probe.run(given(pictures.subList(0, 1))).get(tensor);
            if (Arrays.stream(alone.numbers()).noneMatch(Double::isFinite)) {
                throw new JZooException(
                        Code.BAD_INPUT,
                        name + " gives no finite number at '" + tensor + "' for a picture of noise.",
                        "Name other features with --features.");
            }
            if (agree(alone, together)) {
                return;
            }
        }
        throw new JZooException(
                Code.BAD_INPUT,
                name + " cannot be a base: its answer for a picture depends on the other pictures of the call. "
                        + mixing(tensor, pictures)
                                .map(node -> node.describe() + " mixes them.")
                                .orElse("'" + tensor + "' mixes them."),
                "Export the network for inference, such as with model.eval(), or name features before that node with"
                        + " --features.");
    }

    /** The first node whose output for the first picture depends on the others. */
    private Optional<Node> mixing(String tensor, List<byte[]> pictures) throws IOException {
        Graph needed = GraphPass.pruning()
                .apply(file.graph().withOutputs(List.of(new ValueInfo(tensor, DataType.FLOAT, List.of()))));
        Map<String, Node> writers = new HashMap<>();
        List<String> written = new ArrayList<>();
        for (Node node : needed.nodes()) {
            node.outputs().stream().filter(output -> !output.isEmpty()).forEach(output -> {
                writers.put(output, node);
                written.add(output);
            });
        }
        try (GraphProbe probe = GraphProbe.of(file, name, written)) {
            Set<String> real = probe.ports().stream()
                    .filter(port -> port.type().carrier() == ElementType.FLOAT)
                    .map(Port::name)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            Map<String, Tensor> together = probe.run(given(pictures), real);
            Map<String, Tensor> alone = probe.run(given(pictures.subList(0, 1)), real);
            return real.stream()
                    .filter(value -> isOfPictures(alone.get(value), together.get(value), pictures.size()))
                    .filter(value -> !agree(alone.get(value), together.get(value)))
                    .findFirst()
                    .map(writers::get);
        }
    }

    /** Whether a tensor has the picture in front where it is alone, or is the same size whatever the pictures. */
    private static boolean isOfPictures(Tensor alone, Tensor together, int pictures) {
        long[] shape = alone.shape();
        if (shape.length > 0 && together.shape().length > 0 && together.shape()[0] == pictures) {
            shape[0] *= pictures;
        }
        return Arrays.equals(shape, together.shape());
    }

    /** Whether the numbers of a picture are the first of all. Those that are not finite alone tell nothing. */
    private boolean agree(Tensor alone, Tensor together) {
        double[] one = alone.numbers();
        double[] first = together.numbers();
        double largest =
                Arrays.stream(one).filter(Double::isFinite).map(Math::abs).max().orElse(0);
        double allowed = ComputingPrecision.of(file.graph()).tolerance() * Math.max(largest, Float.MIN_NORMAL);
        for (int i = 0; i < one.length; i++) {
            if (Double.isFinite(one[i]) && !(Math.abs(one[i] - first[i]) <= allowed)) {
                return false;
            }
        }
        return one.length <= first.length;
    }

    /** Pictures as the file takes them. */
    Map<String, Tensor> given(List<byte[]> pictures) {
        byte[] all = new byte[Math.multiplyExact(pictures.size(), size.bytes())];
        for (int i = 0; i < pictures.size(); i++) {
            System.arraycopy(pictures.get(i), 0, all, i * size.bytes(), size.bytes());
        }
        return Map.of(
                file.graph().inputs().get(0).name(),
                Tensor.ofBytes(all, pictures.size(), size.height(), size.width(), size.channels()));
    }

    /** A picture of random pixels. */
    byte[] noise(long seed) {
        byte[] pixels = new byte[size.bytes()];
        new Random(seed).nextBytes(pixels);
        return pixels;
    }

    private byte[] filled(int value) {
        byte[] pixels = new byte[size.bytes()];
        Arrays.fill(pixels, (byte) value);
        return pixels;
    }
}
