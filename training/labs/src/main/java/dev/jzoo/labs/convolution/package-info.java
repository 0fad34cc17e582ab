/**
 * Labs of the chapter {@link dev.jzoo.labs.Chapter#CONVOLUTION}. {@link dev.jzoo.labs.convolution.RuntimeOperator} computes one
 * operator with ONNX Runtime, as a reference.
 */
package dev.jzoo.labs.convolution;
