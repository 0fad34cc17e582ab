/** Labs of the chapter {@link dev.jzoo.labs.Chapter#SEQUENCES}. */
package dev.jzoo.labs.sequences;
