/**
 * The training engine in plain Java: builds a {@link dev.jzoo.training.network.Network} from the layers of {@link dev.jzoo.scratch} and
 * trains it with numbers of type double, without native libraries.
 *
 * <p>Read {@link dev.jzoo.training.scratch.ScratchEngine} first, which lists the layers, then {@code ScratchLearner}, whose loop is a
 * forward pass, a backward pass and an update.
 */
package dev.jzoo.training.scratch;
