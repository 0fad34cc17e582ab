/**
 * Models for rows of numbers. Read {@link dev.jzoo.inference.tables.Regressor} first; {@code RowPorts} finds the input and
 * the output of such a graph.
 */
package dev.jzoo.inference.tables;
