/**
 * The description of a network, layer by layer, with its initial weights. Each engine builds its own network from it,
 * so all engines start from the same numbers.
 *
 * <p>Read {@link dev.jzoo.training.network.Network} first.
 */
package dev.jzoo.training.network;
