/**
 * The zoo's models for applications that use DJL: {@code djl://dev.jzoo/mnist-logistic} in DJL's {@code Criteria}.
 *
 * <p>In comes an address or an application; out goes a DJL model whose digest was checked, run by DJL's engine for ONNX
 * Runtime. DJL finds {@link dev.jzoo.djl.JZooProvider} and {@link dev.jzoo.djl.DjlAddresses} by their services; read
 * {@code JZooRepository} next, which answers for both, then {@link dev.jzoo.djl.PictureTranslatorFactory}.
 */
package dev.jzoo.djl;
