/**
 * The ONNX form of each DL4J layer, vertex, preprocessor and activation. {@link
 * dev.jzoo.export.dl4j.layers.EmitterTable} is the table.
 *
 * <p>To add your own layer, implement {@link dev.jzoo.export.dl4j.layers.LayerEmitter} and name it in {@code
 * META-INF/services/dev.jzoo.export.dl4j.layers.LayerEmitter}.
 */
package dev.jzoo.export.dl4j.layers;
