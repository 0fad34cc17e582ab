/** Labs of the chapter {@link dev.jzoo.labs.Chapter#DESCENT}. */
package dev.jzoo.labs.descent;
