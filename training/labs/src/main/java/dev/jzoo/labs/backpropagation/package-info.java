/** Labs of the chapter {@link dev.jzoo.labs.Chapter#BACKPROPAGATION}. */
package dev.jzoo.labs.backpropagation;
