package dev.jzoo.onnx;

import dev.jzoo.zoo.file.Sha256;

/**
 * The identity of a written model.
 *
 * @param bytes size of the {@code .onnx} file
 * @param sha256 digest of the {@code .onnx} file
 * @param externalBytes size of the weights in a separate file; 0 if they are in the {@code .onnx} file
 */
public record Fingerprint(long bytes, Sha256 sha256, long externalBytes) {}
