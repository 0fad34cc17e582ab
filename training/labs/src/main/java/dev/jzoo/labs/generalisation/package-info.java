/** Labs of the chapter {@link dev.jzoo.labs.Chapter#GENERALISATION}. */
package dev.jzoo.labs.generalisation;
