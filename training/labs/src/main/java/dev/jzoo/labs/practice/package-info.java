/** Labs of the chapter {@link dev.jzoo.labs.Chapter#PRACTICE}. */
package dev.jzoo.labs.practice;
