/**
 * Rewritings that keep a graph clean: it computes the same outputs, under the same names, with fewer nodes.
 *
 * <p>Each {@link dev.jzoo.onnx.passes.GraphPass} takes a graph and returns a graph. {@link
 * dev.jzoo.onnx.passes.GraphPass#cleaning()} runs the cleaning passes until nothing changes. Most passes are a rule that
 * sees the nodes in order, in a {@code GraphWalk}. The walk knows the constants, the readers of each tensor, and the names
 * that must stay: outputs, and names that the body of an If or a Loop reads.
 *
 * <p>{@link dev.jzoo.onnx.passes.GraphCost} computes the cost of an example from the same facts.
 */
@NullMarked
package dev.jzoo.onnx.passes;

import org.jspecify.annotations.NullMarked;
