/**
 * The training engine DJL: builds a {@link dev.jzoo.training.network.Network} as a block of DJL and trains it on PyTorch.
 *
 * <p>Read {@link dev.jzoo.training.djl.DjlEngine} first, then {@link dev.jzoo.training.djl.DjlLearner}. The application
 * chooses the native libraries of PyTorch; this artifact brings none.
 */
package dev.jzoo.training.djl;
