/**
 * Layers, each with its formula, its output and its gradients. A batch enters, and the layer's output leaves; on the way back dL/dy
 * enters and dL/dx leaves. Read {@link dev.jzoo.scratch.layers.DenseLayer} first.
 */
package dev.jzoo.scratch.layers;
