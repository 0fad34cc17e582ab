/**
 * Reading of the zips of DL4J's {@code ModelSerializer}. DL4J's own reader is not used, because it initialises any
 * class that a file names, runs Java deserialisation, and does not check sizes from the file.
 *
 * <p>The input is a file. The output is a network, its optimiser's state, and its normalizer. A configuration may name
 * only the classes of {@link dev.jzoo.export.dl4j.saved.ConfigurationClasses}: DL4J's, those of a registered {@link
 * dev.jzoo.export.dl4j.layers.LayerEmitter}, and the classes that a program allows with {@link
 * dev.jzoo.export.dl4j.saved.SavedClasses}. Every length is compared with the length that the configuration requires
 * before memory is allocated.
 *
 * <p>Read {@link dev.jzoo.export.dl4j.saved.NetworkZip} first.
 */
package dev.jzoo.export.dl4j.saved;
