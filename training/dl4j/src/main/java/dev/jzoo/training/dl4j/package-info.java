/**
 * The training engine Deeplearning4j: builds a {@link dev.jzoo.training.network.Network} as a {@code ComputationGraph}
 * and trains it on the processor.
 *
 * <p>Read {@link dev.jzoo.training.dl4j.Dl4jEngine} first. The application must add the native libraries of ND4J; this
 * artifact does not include them.
 */
package dev.jzoo.training.dl4j;
