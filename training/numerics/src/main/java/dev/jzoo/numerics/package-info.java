/**
 * Numerical methods that training and the data sets need, in plain Java.
 *
 * <p>Arrays of numbers go in and come out. Every method adds in a fixed order, so that equal input gives equal bits on every
 * machine; published models depend on that. Do not change the order of an operation here without a new version of each of them.
 *
 * <p>Read {@link dev.jzoo.numerics.Lbfgs} first, then {@link dev.jzoo.numerics.LeastSquares} and {@link
 * dev.jzoo.numerics.Cholesky}, all on top of {@link dev.jzoo.numerics.Vectors}.
 */
package dev.jzoo.numerics;
