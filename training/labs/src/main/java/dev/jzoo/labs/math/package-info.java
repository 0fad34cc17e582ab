/**
 * Formulas in a small notation, drawn on pages and written into notebooks. What enters is a line of text, what leaves is MathML,
 * TeX or plain text. Start with {@link dev.jzoo.labs.math.Formula}.
 */
package dev.jzoo.labs.math;
