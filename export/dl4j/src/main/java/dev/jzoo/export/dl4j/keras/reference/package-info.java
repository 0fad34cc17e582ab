/**
 * The computation of a Keras model in plain Java, from Keras's definitions: small loops that share no code with the
 * exporter or with any framework. Every export of a Keras file is compared with it.
 *
 * <p>Values are stored in single precision and summed in double. Layouts are Keras's own: the batch first, and channels
 * last unless a layer sets another layout. Read {@link dev.jzoo.export.dl4j.keras.reference.ReferenceModel} first.
 */
@Internal
package dev.jzoo.export.dl4j.keras.reference;

import dev.jzoo.zoo.annotation.Internal;
