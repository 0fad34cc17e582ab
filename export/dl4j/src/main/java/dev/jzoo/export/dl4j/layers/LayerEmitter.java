package dev.jzoo.export.dl4j.layers;

import java.util.Set;

/**
 * Writes one kind of part of a DL4J network as ONNX nodes: a layer, a graph vertex, a preprocessor or an activation
 * function. Implementations on the classpath are found through {@link java.util.ServiceLoader}; they win over the ones that
 * JZoo brings.
 *
 * <pre>{@code
 * public final class GatedDenseEmitter implements LayerEmitter {
 *     public Set<Class<?>> configurations() {
 *         return Set.of(GatedDense.class);
 *     }
 *
 *     public String emit(LayerContext layer) {
 *         String product = layer.op("MatMul", layer.input(), layer.weight("W")).emit();
 *         return layer.op("Mul", layer.op("Sigmoid", product).emit(), product).emit();
 *     }
 * }
 * }</pre>
 */
public interface LayerEmitter {

    /** The configuration classes that it writes, each exactly: a subclass may compute something else. */
    Set<Class<?>> configurations();

    /**
     * Adds the nodes that equal what the part computes in inference.
     *
     * @return the graph's name of the result
     * @throws RuntimeException from {@link LayerContext#unsupported} for settings that have no ONNX form
     */
    String emit(LayerContext layer);
}
