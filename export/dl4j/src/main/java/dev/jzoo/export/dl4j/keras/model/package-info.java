/**
 * A Keras model as its file describes it, with a record of every setting and every weight.
 *
 * <p>The input is an HDF5 file. The output is a {@link dev.jzoo.export.dl4j.keras.model.KerasModel}: layers in the
 * order in which they are called. {@link dev.jzoo.export.dl4j.keras.model.LayerRules} lists the classes of layers and
 * their accepted settings; everything else is refused by name. Read {@link
 * dev.jzoo.export.dl4j.keras.model.ModelReader} first.
 */
package dev.jzoo.export.dl4j.keras.model;
