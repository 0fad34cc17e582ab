/**
 * The front end of the exporter for networks of {@code dev.jzoo.scratch}.
 */
package dev.jzoo.export.scratch;
