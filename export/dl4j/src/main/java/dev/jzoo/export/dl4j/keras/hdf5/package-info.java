/**
 * Reads the part of HDF5 that Keras writes, in plain Java: no native code sees a foreign file.
 *
 * <p>In goes a file, out come attributes and arrays of single precision. Every address and length is compared with the size of
 * the file before anything is read. Read {@link dev.jzoo.export.dl4j.keras.hdf5.Hdf5File} first.
 */
@Internal
package dev.jzoo.export.dl4j.keras.hdf5;

import dev.jzoo.zoo.annotation.Internal;
