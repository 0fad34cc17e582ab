/**
 * The prose of the labs. What enters is a small subset of Markdown with formulas, what leaves is HTML for pages and Markdown for
 * notebooks. Start with {@link dev.jzoo.labs.text.Markdown}.
 */
package dev.jzoo.labs.text;
