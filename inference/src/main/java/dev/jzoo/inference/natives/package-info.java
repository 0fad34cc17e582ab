/**
 * Diagnosis of native libraries: the ONNX Runtimes on the class path and the CUDA libraries that the GPU provider needs. Loads
 * none of them.
 *
 * <p>Read {@code CudaLibraries} first.
 */
@NullMarked
package dev.jzoo.inference.natives;

import org.jspecify.annotations.NullMarked;
