package dev.jzoo.export.dl4j.network;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A part of a network: a layer, a vertex or a preprocessor.
 *
 * @param path name for people: the layer's name or index
 * @param configuration a {@code conf} object of DL4J
 * @param parameters parameters by DL4J's key, in any memory order
 * @param inputs values that the part reads
 * @param output value that the part writes
 */
public record NetworkPart(
        String path, Object configuration, Map<String, INDArray> parameters, List<String> inputs, String output) {}
