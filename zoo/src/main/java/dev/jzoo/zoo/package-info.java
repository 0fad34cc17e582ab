/**
 * What exists, where it is, and whether it is intact.
 *
 * <p>In comes the name of a model or of a data file; out goes a path to bytes whose size and SHA-256 were checked. Nothing
 * here knows what is inside a model: no tensor, no ONNX, no framework.
 *
 * <p>Read {@link dev.jzoo.zoo.ModelCard} first: what a model says of itself.
 */
package dev.jzoo.zoo;
