/**
 * The ONNX form of each recorded primitive of DJL. {@link dev.jzoo.export.djl.primitives.Primitives} is the table; each
 * form receives a {@link dev.jzoo.export.djl.primitives.StepContext}.
 */
@Internal
package dev.jzoo.export.djl.primitives;

import dev.jzoo.zoo.annotation.Internal;
