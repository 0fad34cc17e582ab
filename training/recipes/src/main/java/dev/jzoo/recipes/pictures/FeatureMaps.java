package dev.jzoo.recipes.pictures;

import dev.jzoo.export.IntermediateValues;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.report.TileGrid;
import dev.jzoo.report.Tone;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The outputs of a ReLU that follows a convolution, for one picture, as ONNX Runtime computes them.
 *
 * @param place position among the network's ReLUs that follow convolutions, from 1
 * @param places number of these ReLUs
 * @param maps the map of each channel, [height, width], 0 or above
 * @param height in pixels
 * @param width in pixels
 */
record FeatureMaps(int place, int places, List<float[]> maps, int height, int width) {

    private static final int SHOWN = 16;

    /**
     * Computes the maps of the first, the middle and the last ReLU, or of all if there are at most three. Returns an
     * empty list if no ReLU follows a convolution.
     *
     * @param picture the file's input, a batch of one
     */
    static List<FeatureMaps> of(OnnxFile file, Tensor picture) throws IOException {
        Map<String, DataType> wanted = new LinkedHashMap<>();
        behindConvolutions(file.graph()).forEach(name -> wanted.put(name, DataType.FLOAT));
        if (wanted.isEmpty()) {
            return List.of();
        }
        String input = file.graph().inputs().get(0).name();
        Map<String, Tensor> computed = IntermediateValues.run(file, Map.of(input, picture), wanted);
        List<Tensor> spatial = wanted.keySet().stream()
                .map(computed::get)
                .filter(tensor -> tensor.shape().length == 4)
                .toList();
        int count = spatial.size();
        return IntStream.of(0, (count - 1) / 2, count - 1)
                .distinct()
                .filter(index -> index >= 0 && index < count)
                .mapToObj(index -> of(spatial.get(index), index + 1, count))
                .toList();
    }

    /**
     * Returns the outputs of the ReLUs that depend on a convolution. ReLUs after a flattening are among them, but have
     * no maps.
     */
    private static List<String> behindConvolutions(Graph graph) {
        Set<String> behind = new HashSet<>();
        List<String> outputs = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (node.opType().equals("Conv") || node.inputs().stream().anyMatch(behind::contains)) {
                behind.addAll(node.outputs());
                if (node.opType().equals("Relu")) {
                    outputs.add(node.outputs().get(0));
                }
            }
        }
        return outputs;
    }

    /** Reads maps from values [1, channels, height, width]. */
    private static FeatureMaps of(Tensor tensor, int place, int places) {
        int height = (int) tensor.shape()[2];
        int width = (int) tensor.shape()[3];
        float[] values = tensor.floats();
        List<float[]> maps = IntStream.range(0, (int) tensor.shape()[1])
                .mapToObj(
                        channel -> Arrays.copyOfRange(values, channel * height * width, (channel + 1) * height * width))
                .toList();
        return new FeatureMaps(place, places, maps, height, width);
    }

    /** Returns the channels with the largest mean, the largest first. */
    List<Integer> mostActive() {
        return IntStream.range(0, maps.size())
                .boxed()
                .sorted(Comparator.comparing(channel -> -mean(maps.get(channel))))
                .limit(SHOWN)
                .toList();
    }

    private static double mean(float[] map) {
        return IntStream.range(0, map.length).mapToDouble(i -> map[i]).average().orElse(0);
    }

    TileGrid grid() {
        String shown = maps.size() <= SHOWN ? "all" : "the " + SHOWN + " most active";
        TileGrid grid = TileGrid.of(
                Tone.AMOUNT,
                "After ReLU " + place + " of " + places + ": " + shown + " of " + maps.size() + " channels, " + height
                        + " x " + width + " values each, the most active first.");
        mostActive().forEach(channel -> grid.tile("channel " + channel, maps.get(channel), height, width));
        return grid;
    }
}
