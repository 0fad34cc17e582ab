/** What tests of several modules share, for tests only: freed memory, and readers of report pages and their charts. */
package dev.jzoo.training.testing;
