/**
 * The diagnosis of native libraries: the ONNX Runtimes on the class path and the CUDA libraries that the GPU provider
 * needs. It loads none of them.
 *
 * <p>Read {@code CudaLibraries} first.
 */
@Internal
@NullMarked
package dev.jzoo.inference.natives;

import dev.jzoo.zoo.annotation.Internal;
import org.jspecify.annotations.NullMarked;
