/**
 * Numerical methods for training and the data sets, in plain Java.
 *
 * <p>Inputs and results are arrays of numbers. Every method adds in a fixed order, so equal input gives equal bits on every
 * machine, and published models depend on that. Do not change the order of an operation here without a new version of each
 * published model.
 *
 * <p>Read {@link dev.jzoo.numerics.Lbfgs} first, then {@link dev.jzoo.numerics.LeastSquares} and
 * {@link dev.jzoo.numerics.Cholesky}. All of them use {@link dev.jzoo.numerics.Vectors}.
 */
package dev.jzoo.numerics;
