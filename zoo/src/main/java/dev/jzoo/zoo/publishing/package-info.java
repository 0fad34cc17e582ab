/**
 * Publishing: adds a model to a folder of models, packs models into a jar, and copies them to a mirror.
 *
 * <p>Read {@link dev.jzoo.zoo.publishing.Publisher} first.
 */
package dev.jzoo.zoo.publishing;
