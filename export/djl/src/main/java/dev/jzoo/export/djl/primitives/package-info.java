/**
 * The ONNX form of each recorded primitive of DJL. {@link dev.jzoo.export.djl.primitives.Primitives} is the table; {@link
 * dev.jzoo.export.djl.primitives.StepContext} is what each form receives.
 */
@Internal
package dev.jzoo.export.djl.primitives;

import dev.jzoo.zoo.annotation.Internal;
