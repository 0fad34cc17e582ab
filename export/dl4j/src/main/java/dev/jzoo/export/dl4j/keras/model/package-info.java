/**
 * A Keras model as its file describes it, with an account of every setting and every weight.
 *
 * <p>In goes an HDF5 file, out comes a {@link dev.jzoo.export.dl4j.keras.model.KerasModel}: layers in the order in which they are
 * called. {@link dev.jzoo.export.dl4j.keras.model.LayerRules} is the list of layer classes with the settings that they may have;
 * whatever is not in it is refused by name. Read {@link dev.jzoo.export.dl4j.keras.model.ModelReader} first.
 */
package dev.jzoo.export.dl4j.keras.model;
