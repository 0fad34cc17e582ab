/**
 * Models that others publish. In comes a {@link dev.jzoo.zoo.hub.ModelReference} such as {@code hf:OWNER/NAME/model.onnx}; a
 * {@code ModelHub} (the ONNX Hub, Hugging Face, the web) resolves it to a file with a digest, and {@code PinnedReferences}
 * records what it stood for, so that it means the same next time.
 *
 * <p>Read {@link dev.jzoo.zoo.hub.ModelReference} first.
 */
package dev.jzoo.zoo.hub;
