/**
 * The configuration of JZoo: the cache folder, mirrors, offline mode and the addresses of model hubs, read from environment
 * variables.
 *
 * <p>Read {@link dev.jzoo.zoo.settings.Settings} first.
 */
package dev.jzoo.zoo.settings;
