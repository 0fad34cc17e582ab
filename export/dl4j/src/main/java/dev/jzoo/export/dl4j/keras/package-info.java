/**
 * Reads Keras HDF5 files as DL4J networks, for export.
 *
 * <p>Read {@link dev.jzoo.export.dl4j.keras.KerasFile} first.
 */
package dev.jzoo.export.dl4j.keras;
