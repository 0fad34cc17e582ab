/**
 * Models that others publish. The input is a {@link dev.jzoo.zoo.hub.ModelReference} such as {@code hf:OWNER/NAME/model.onnx}. A
 * {@code ModelHub} (the ONNX Hub, Hugging Face, the web) resolves it to a file with a digest. {@code PinnedReferences} records
 * the result, so that the reference stands for the same files next time.
 *
 * <p>Read {@link dev.jzoo.zoo.hub.ModelReference} first.
 */
@NullMarked
package dev.jzoo.zoo.hub;

import org.jspecify.annotations.NullMarked;
