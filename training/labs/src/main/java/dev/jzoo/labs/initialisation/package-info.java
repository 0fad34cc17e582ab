/** Labs of the chapter {@link dev.jzoo.labs.Chapter#INITIALISATION}, and the {@link dev.jzoo.labs.initialisation.PlanePoints} that they learn. */
package dev.jzoo.labs.initialisation;
