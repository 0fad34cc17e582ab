/**
 * Reads the zips of DL4J's {@code ModelSerializer} without DL4J's own reader, which initialises any class that a file names, runs Java
 * deserialisation, and takes sizes from the file as they are.
 *
 * <p>In goes a file, out come a network, what its optimiser remembers, and its normalizer. A configuration may name the classes of
 * {@link dev.jzoo.export.dl4j.saved.ConfigurationClasses} only: those that DL4J has, those of a registered
 * {@link dev.jzoo.export.dl4j.layers.LayerEmitter}, and those that a program allows by {@link dev.jzoo.export.dl4j.saved.SavedClasses}. Every
 * length is compared with what the configuration asks for before anything is allocated.
 *
 * <p>Read {@link dev.jzoo.export.dl4j.saved.NetworkZip} first.
 */
package dev.jzoo.export.dl4j.saved;
