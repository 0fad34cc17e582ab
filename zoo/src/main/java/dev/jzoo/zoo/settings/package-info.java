/**
 * The configuration of JZoo from environment variables: the cache folder, mirrors, offline mode and the addresses of model hubs.
 *
 * <p>Read {@link dev.jzoo.zoo.settings.Settings} first.
 */
package dev.jzoo.zoo.settings;
