/**
 * The zoo's models for applications that use DJL: {@code djl://dev.jzoo/mnist-logistic} in DJL's {@code Criteria}.
 *
 * <p>The input is an address or an application. The result is a DJL model whose digest was checked, run by DJL's engine for ONNX
 * Runtime. DJL finds {@link dev.jzoo.djl.JZooProvider} and {@link dev.jzoo.djl.DjlAddresses} as services. Read
 * {@code JZooRepository} next, which answers for both, then {@link dev.jzoo.djl.PictureTranslatorFactory}.
 */
package dev.jzoo.djl;
