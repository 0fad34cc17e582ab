/**
 * The cache directory on disk: its layout, checked files, unfinished downloads, and files in quarantine because their digest was
 * wrong.
 *
 * <p>Read {@code CacheDirectory} first.
 */
@Internal
@NullMarked
package dev.jzoo.zoo.cache;

import dev.jzoo.zoo.annotation.Internal;
import org.jspecify.annotations.NullMarked;
