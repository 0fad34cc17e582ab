/**
 * ONNX operators computed with DJL arrays, so that gradients flow through them. {@link
 * dev.jzoo.training.onnx.operators.Operators} is the table by operator name; {@link
 * dev.jzoo.training.onnx.operators.OperatorInputs} contains the inputs of an operator.
 */
@Internal
package dev.jzoo.training.onnx.operators;

import dev.jzoo.zoo.annotation.Internal;
