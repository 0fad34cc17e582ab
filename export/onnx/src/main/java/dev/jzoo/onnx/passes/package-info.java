/**
 * Rewritings that keep a graph clean: it computes the same outputs, under the same names, with fewer nodes.
 *
 * <p>Each {@link dev.jzoo.onnx.passes.GraphPass} takes a graph and gives a graph; {@link
 * dev.jzoo.onnx.passes.GraphPass#cleaning()} runs them all until nothing changes. Most are a rule that sees the nodes in
 * order, in a {@code GraphWalk}, which knows the constants, who reads what, and which names must stay: those of the outputs,
 * and those that the body of an If or a Loop reads.
 *
 * <p>{@link dev.jzoo.onnx.passes.GraphCost} tells from the same knowledge what an example costs.
 */
@NullMarked
package dev.jzoo.onnx.passes;

import org.jspecify.annotations.NullMarked;
