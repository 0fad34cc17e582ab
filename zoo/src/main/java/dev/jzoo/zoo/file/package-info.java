/**
 * Files on local disks: SHA-256 digests, files that appear complete or not at all, safe relative paths, JSON, and locks between
 * processes.
 *
 * <p>Read {@link dev.jzoo.zoo.file.AtomicFile} first.
 */
@NullMarked
package dev.jzoo.zoo.file;

import org.jspecify.annotations.NullMarked;
