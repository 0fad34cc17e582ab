package dev.jzoo.export.dl4j.layers;

import java.util.Set;

/**
 * The ONNX form of one kind of part of a DL4J network: a layer, a graph vertex, a preprocessor or an activation
 * function. Implementations on the class path are found through {@link java.util.ServiceLoader}; they take precedence
 * over JZoo's own.
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

    /**
     * Returns the configuration classes that it writes. Subclasses do not count, because they may compute something
     * else.
     */
    Set<Class<?>> configurations();

    /**
     * Adds the nodes that compute the part in inference.
     *
     * @return the graph's name of the result
     * @throws RuntimeException from {@link LayerContext#unsupported} for settings that have no ONNX form
     */
    String emit(LayerContext layer);
}
