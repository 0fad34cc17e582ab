package dev.jzoo.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.TensorInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.List;

/**
 * An input or an output of a model.
 *
 * @param name its name in the graph
 * @param type type of its elements
 * @param shape its axes; empty for a single value and for a port that declares no shape, since ONNX Runtime does not
 *     distinguish them
 */
public record Port(String name, ElementType type, List<Dimension> shape) {

    public Port {
        shape = List.copyOf(shape);
    }

    static Port of(NodeInfo node) {
        if (!(node.getInfo() instanceof TensorInfo tensor)) {
            return new Port(node.getName(), ElementType.OTHER, List.of());
        }
        long[] sizes = tensor.getShape();
        String[] names = tensor.getDimensionNames();
        List<Dimension> shape = new ArrayList<>();
        for (int axis = 0; axis < sizes.length; axis++) {
            shape.add(axis(sizes[axis], axis < names.length ? names[axis] : ""));
        }
        return new Port(node.getName(), ElementType.of(tensor), shape);
    }

    /** Converts ONNX Runtime's axis: a negative size is open, and an empty name means no name. */
    private static Dimension axis(long size, String name) {
        return size >= 0 ? Dimension.of(size) : name.isBlank() ? new Dimension.UnknownDimension() : Dimension.of(name);
    }

    /** Returns the size of an axis if it is fixed at a size that an array can have, at least 1; -1 otherwise. */
    public int size(int axis) {
        long size = shape.get(axis).fixedSize().orElse(-1);
        return size >= 1 && size <= Integer.MAX_VALUE ? (int) size : -1;
    }

    /**
     * Returns name, type and axes: "'image' uint8 [N, 28, 28, 1]", or for a sequence or a map "'scores' of a type not
     * supported here".
     */
    @Override
    public String toString() {
        if (type == ElementType.OTHER) {
            return "'" + name + "' of a type not supported here";
        }
        return "'" + name + "' " + type + " " + shape;
    }
}
