package dev.jzoo.export.dl4j.layers;

import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A tensor of the graph, and its shape.
 *
 * @param name name in the graph
 * @param shape shape of the tensor in the graph
 * @param rows true if its two leading axes, time and batch, replace DL4J's single axis of time * batch rows. Layers
 * that compute each row separately work with both, and the graph stays independent of the batch size.
 */
public record LayerOutput(String name, List<Dimension> shape, boolean rows) {

    public LayerOutput {
        shape = List.copyOf(shape);
    }

    public LayerOutput(String name, List<Dimension> shape) {
        this(name, shape, false);
    }

    /** Returns DL4J's value of this tensor, with the axes that it has in the graph. */
    public INDArray ofGraph(INDArray activation, long batch) {
        if (!rows) {
            return activation;
        }
        long[] axes = activation.shape();
        long[] split = new long[axes.length + 1];
        split[0] = axes[0] / batch;
        split[1] = batch;
        System.arraycopy(axes, 1, split, 2, axes.length - 1);
        return activation.dup('c').reshape('c', split);
    }
}
