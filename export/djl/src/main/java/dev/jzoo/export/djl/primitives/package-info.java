/**
 * The ONNX form of each recorded primitive of DJL. {@link dev.jzoo.export.djl.primitives.Primitives} is the table; each
 * form receives a {@link dev.jzoo.export.djl.primitives.StepContext}.
 */
package dev.jzoo.export.djl.primitives;
