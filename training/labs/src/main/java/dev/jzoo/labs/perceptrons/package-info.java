/** Labs of the chapter {@link dev.jzoo.labs.Chapter#PERCEPTRONS}. */
package dev.jzoo.labs.perceptrons;
