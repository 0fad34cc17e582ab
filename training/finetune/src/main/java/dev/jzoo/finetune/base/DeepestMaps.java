package dev.jzoo.finetune.base;

import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.Port;
import dev.jzoo.onnx.FeatureTap;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.passes.GraphPass;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The maps of a network in which each position knows most about its part of the picture: the maps with most channels,
 * and of these the smallest and last ones, before any enlargement. A network for segmentation or detection has its
 * features there.
 */
final class DeepestMaps {

    private static final Set<String> ENLARGING =
            Set.of("Resize", "Upsample", "ConvTranspose", "DepthToSpace", "MaxUnpool", "GridSample");

    private static final int FEWEST_CHANNELS = 8;

    private DeepestMaps() {}

    /** Returns the names of the tensors that {@link #of} chooses from. */
    static List<String> tensors(Graph graph) {
        Set<String> enlarged = new HashSet<>();
        return GraphPass.pruning().apply(graph).nodes().stream()
                .filter(node -> !isEnlarged(node, enlarged))
                .flatMap(node -> node.outputs().stream())
                .filter(output -> !output.isEmpty())
                .toList();
    }

    private static boolean isEnlarged(Node node, Set<String> enlarged) {
        boolean is = ENLARGING.contains(node.opType()) || node.inputs().stream().anyMatch(enlarged::contains);
        if (is) {
            enlarged.addAll(node.outputs());
        }
        return is;
    }

    /**
     * Chooses the deepest maps.
     *
     * @param ports the ports of those tensors, in their order
     * @param instead the reason why no other features are used
     */
    static Optional<FeatureTap> of(List<Port> ports, String instead) {
        return ports.stream()
                .filter(port -> port.type().carrier() == ElementType.FLOAT && isMaps(port))
                .reduce((best, next) -> better(best, next) ? best : next)
                .map(port -> FeatureTap.ofMaps(
                        port.name(),
                        "its deepest maps, '" + port.name() + "' " + port.shape() + ", because " + instead));
    }

    private static boolean better(Port one, Port other) {
        long more = size(one, 1) - size(other, 1);
        return more > 0 || more == 0 && places(one) < places(other);
    }

    private static boolean isMaps(Port port) {
        return port.shape().size() == 4
                && port.shape().stream().allMatch(axis -> axis.fixedSize().isPresent())
                && size(port, 1) >= FEWEST_CHANNELS
                && places(port) > 1;
    }

    private static long places(Port port) {
        return size(port, 2) * size(port, 3);
    }

    private static long size(Port port, int axis) {
        OptionalLong size = port.shape().get(axis).fixedSize();
        return size.orElseThrow();
    }
}
