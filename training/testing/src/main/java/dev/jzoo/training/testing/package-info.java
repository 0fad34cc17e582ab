/**
 * Tools for the tests of several modules: freed memory, and readers of report pages and their charts. Not for other
 * code.
 */
package dev.jzoo.training.testing;
