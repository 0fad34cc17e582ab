/**
 * The cache directory on disk: its layout, its checked files, unfinished downloads and what is set aside because its digest
 * was wrong.
 *
 * <p>Read {@code CacheDirectory} first.
 */
package dev.jzoo.zoo.cache;
