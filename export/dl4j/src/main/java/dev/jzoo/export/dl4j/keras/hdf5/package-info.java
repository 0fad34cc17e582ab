/**
 * Reading of the part of HDF5 that Keras writes, in plain Java: no native code reads an untrusted file.
 *
 * <p>The input is a file. The output is its attributes, and its arrays in single precision. Every address and length is
 * compared with the size of the file before it is read. Read {@link dev.jzoo.export.dl4j.keras.hdf5.Hdf5File} first.
 */
@Internal
package dev.jzoo.export.dl4j.keras.hdf5;

import dev.jzoo.zoo.annotation.Internal;
