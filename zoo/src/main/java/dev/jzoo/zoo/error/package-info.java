/**
 * Failures as callers see them: {@link dev.jzoo.zoo.error.JZooException} with a stable code, {@link
 * dev.jzoo.zoo.error.DataFormatException} for a bad file, plain words for I/O errors, and the nearest names for a hint.
 *
 * <p>Nothing here uses another package of JZoo.
 */
package dev.jzoo.zoo.error;
