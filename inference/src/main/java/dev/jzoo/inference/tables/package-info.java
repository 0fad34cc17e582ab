/**
 * Models for rows of numbers. Read {@link dev.jzoo.inference.tables.Regressor} first; {@code RowPorts} finds the input and
 * the output of such a graph.
 */
@NullMarked
package dev.jzoo.inference.tables;

import org.jspecify.annotations.NullMarked;
