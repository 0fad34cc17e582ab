/**
 * Publishing: adds models to a folder of published ones, packs models into a jar, and copies them to a mirror.
 *
 * <p>Read {@link dev.jzoo.zoo.publishing.Publisher} first.
 */
@NullMarked
package dev.jzoo.zoo.publishing;

import org.jspecify.annotations.NullMarked;
