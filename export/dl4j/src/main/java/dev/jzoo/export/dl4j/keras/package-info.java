/**
 * Export of Keras 2 models from HDF5 files, without Keras and without DL4J.
 *
 * <p>{@link dev.jzoo.export.dl4j.keras.hdf5.Hdf5File} and {@link dev.jzoo.export.dl4j.keras.model.ModelReader} turn a
 * file into a {@link dev.jzoo.export.dl4j.keras.model.KerasModel}. {@link
 * dev.jzoo.export.dl4j.keras.emission.ModelEmission} writes its nodes, and {@link
 * dev.jzoo.export.dl4j.keras.reference.ReferenceModel} computes the expected results.
 *
 * <p>Read {@link dev.jzoo.export.dl4j.keras.KerasFile} first, then {@code docs/decisions/export/keras.md}.
 */
package dev.jzoo.export.dl4j.keras;
