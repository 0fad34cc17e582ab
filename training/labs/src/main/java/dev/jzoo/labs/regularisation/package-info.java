/** Labs of the chapter {@link dev.jzoo.labs.Chapter#REGULARISATION}. */
package dev.jzoo.labs.regularisation;
