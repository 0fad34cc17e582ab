/**
 * Models that write text. A prompt goes in, characters come out one by one.
 *
 * <p>Read {@link dev.jzoo.inference.text.TextGenerator} first, then {@link dev.jzoo.inference.text.Sampling}.
 */
@NullMarked
package dev.jzoo.inference.text;

import org.jspecify.annotations.NullMarked;
