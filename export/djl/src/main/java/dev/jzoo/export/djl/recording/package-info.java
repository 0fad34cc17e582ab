/**
 * Recording of a DJL block's forward pass, primitive by primitive, through proxies of {@code NDArray} and {@code
 * NDManager}.
 *
 * <p>Read {@link dev.jzoo.export.djl.recording.Recorder} first.
 */
@Internal
package dev.jzoo.export.djl.recording;

import dev.jzoo.zoo.annotation.Internal;
