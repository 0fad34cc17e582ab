package dev.jzoo.onnx;

import dev.jzoo.zoo.file.Sha256;

/**
 * What a model is recognised by.
 *
 * @param bytes size of the {@code .onnx} file
 * @param sha256 digest of the {@code .onnx} file
 * @param externalBytes size of the weights in a file beside it; 0 where they are inside
 */
public record Fingerprint(long bytes, Sha256 sha256, long externalBytes) {}
