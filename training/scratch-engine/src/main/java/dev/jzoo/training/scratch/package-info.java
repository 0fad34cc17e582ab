/**
 * The training engine of plain Java, on the library from scratch.
 */
package dev.jzoo.training.scratch;
