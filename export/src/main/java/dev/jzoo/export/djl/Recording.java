package dev.jzoo.export.djl;

import java.util.List;

/**
 * One forward pass, primitive by primitive.
 *
 * @param inputs of the network
 * @param steps in the order in which they ran
 * @param outputs of the network
 */
record Recording(List<Traced> inputs, List<Step> steps, List<Traced> outputs) {}
