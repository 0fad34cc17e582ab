/**
 * Models that write text. They take a prompt and return characters one by one.
 *
 * <p>Read {@link dev.jzoo.inference.text.TextGenerator} first, then {@link dev.jzoo.inference.text.Sampling}.
 */
@NullMarked
package dev.jzoo.inference.text;

import org.jspecify.annotations.NullMarked;
