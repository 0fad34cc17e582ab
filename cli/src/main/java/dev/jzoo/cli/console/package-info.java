/**
 * The layer between a command and its user: {@link dev.jzoo.cli.console.Host} (streams, environment, working folder), {@link
 * dev.jzoo.cli.console.Output} (text or JSON), {@link dev.jzoo.cli.console.Failure} (message, advice, exit code), tables and
 * progress bars.
 */
package dev.jzoo.cli.console;
