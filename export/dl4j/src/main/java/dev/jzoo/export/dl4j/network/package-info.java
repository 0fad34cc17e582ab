/**
 * A DL4J network as ordered parts, joined by named values, with the shape of each value and a forward pass that frees
 * values after their last reader.
 *
 * <p>Read {@link dev.jzoo.export.dl4j.network.Dl4jSource} first.
 */
@Internal
package dev.jzoo.export.dl4j.network;

import dev.jzoo.zoo.annotation.Internal;
