/**
 * The training engine DJL: builds a {@link dev.jzoo.training.network.Network} as a block of DJL and trains it on
 * PyTorch.
 *
 * <p>Read {@link dev.jzoo.training.djl.DjlEngine} first, then {@link dev.jzoo.training.djl.DjlLearner}. The application
 * must add the native libraries of PyTorch; this artifact does not include them.
 */
package dev.jzoo.training.djl;
