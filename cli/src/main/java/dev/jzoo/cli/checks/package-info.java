/**
 * The checks of {@code jzoo verify}, {@code jzoo dataset check} and {@code jzoo doctor}. A check that fails is a finding, not
 * an exception.
 */
package dev.jzoo.cli.checks;
