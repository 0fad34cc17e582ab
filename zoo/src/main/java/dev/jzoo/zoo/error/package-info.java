/**
 * The failures that callers see: {@link dev.jzoo.zoo.error.JZooException} with a stable code,
 * {@link dev.jzoo.zoo.error.DataFormatException} for a bad file, plain messages for I/O errors, and similar names for hints.
 *
 * <p>This package does not use any other package of JZoo.
 */
@NullMarked
package dev.jzoo.zoo.error;

import org.jspecify.annotations.NullMarked;
