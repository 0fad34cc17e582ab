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
 * A check that a file's result for a picture is the same in each call, whatever other pictures are in it. Batch
 * statistics and random numbers help in training, but they make the results of a finished classifier arbitrary.
 *
 * @param file a file that takes pictures, uint8 [batch, height, width, channels]
 * @param name its name in messages
 * @param size size of the pictures
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

    /** Operators that compute a scale from all values of a call. */
    private static final Set<String> RANGE_OF_CALL = Set.of("DynamicQuantizeLinear", "DynamicQuantizeMatMul");

    /** Returns the node that draws random numbers, if the graph's outputs need one. */
    static Optional<Node> random(Graph graph) {
        return first(graph, RANDOM);
    }

    /** Returns the node whose scale depends on all values of a call, if the graph's outputs need one. */
    static Optional<Node> rangeOfCall(Graph graph) {
        return first(graph, RANGE_OF_CALL);
    }

    private static Optional<Node> first(Graph graph, Set<String> opTypes) {
        return GraphPass.pruning().apply(graph).nodes().stream()
                .filter(node -> opTypes.contains(node.opType()))
                .findFirst();
    }

    /**
     * Requires that the rows of a tensor do not depend on each other. Compares the row of a noisy picture in two calls:
     * together with a black, a white and another noisy picture, which have nothing in common, and alone.
     *
     * @throws JZooException BAD_INPUT if they do, naming the node that mixes them
     */
    public void require(String tensor) throws IOException {
        List<byte[]> pictures = List.of(noise(1), filled(0), filled(255), noise(2));
        try (GraphProbe probe = GraphProbe.of(file, name, List.of(tensor))) {
            Tensor together = probe.run(given(pictures)).get(tensor);
            Tensor alone = probe.run(given(pictures.subList(0, 1))).get(tensor);
            if (Arrays.stream(alone.numbers()).noneMatch(Double::isFinite)) {
                throw new JZooException(
                        Code.BAD_INPUT,
                        name + " returns no finite number at '" + tensor + "' for a picture of noise.",
                        "Name another tensor of features with --features.");
            }
            if (agree(alone, together)) {
                return;
            }
        }
        throw new JZooException(
                Code.BAD_INPUT,
                name + " cannot be a base: its result for a picture depends on the other pictures of the call. "
                        + mixing(tensor, pictures)
                                .map(node -> node.describe() + " mixes them.")
                                .orElse("'" + tensor + "' mixes them."),
                "Export the network for inference (in PyTorch, call model.eval() first), or use --features to name a"
                        + " tensor before that node.");
    }

    /** Returns the first node whose output for the first picture depends on the others. */
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

    /**
     * Returns whether a tensor's first axis is the pictures and the picture comes first, or its size does not depend on
     * the pictures.
     */
    private static boolean isOfPictures(Tensor alone, Tensor together, int pictures) {
        long[] shape = alone.shape();
        if (shape.length > 0 && together.shape().length > 0 && together.shape()[0] == pictures) {
            shape[0] *= pictures;
        }
        return Arrays.equals(shape, together.shape());
    }

    /**
     * Returns whether the picture's values are the first of all. Ignores values that are not finite in the call of the
     * picture alone.
     */
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

    /** Returns pictures as inputs of the file. */
    Map<String, Tensor> given(List<byte[]> pictures) {
        byte[] all = new byte[Math.multiplyExact(pictures.size(), size.bytes())];
        for (int i = 0; i < pictures.size(); i++) {
            System.arraycopy(pictures.get(i), 0, all, i * size.bytes(), size.bytes());
        }
        return Map.of(
                file.graph().inputs().get(0).name(),
                Tensor.ofBytes(all, pictures.size(), size.height(), size.width(), size.channels()));
    }

    /** Returns a picture of random pixels. */
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
