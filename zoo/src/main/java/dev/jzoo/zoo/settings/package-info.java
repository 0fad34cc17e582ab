/**
 * The configuration of JZoo from environment variables: the cache folder, mirrors, offline mode and the addresses of model hubs.
 *
 * <p>Read {@link dev.jzoo.zoo.settings.Settings} first.
 */
@NullMarked
package dev.jzoo.zoo.settings;

import org.jspecify.annotations.NullMarked;
