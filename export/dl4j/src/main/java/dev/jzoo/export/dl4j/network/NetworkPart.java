package dev.jzoo.export.dl4j.network;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One step of a network: a layer, a vertex or a preprocessor.
 *
 * @param path that people know it by: the layer's name or index
 * @param configuration a {@code conf} object of DL4J
 * @param parameters by DL4J's key, in whatever order they lie in memory
 * @param inputs values that it reads
 * @param output value that it gives
 */
public record NetworkPart(
        String path, Object configuration, Map<String, INDArray> parameters, List<String> inputs, String output) {}
