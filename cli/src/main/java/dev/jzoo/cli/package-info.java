/**
 * The command {@code jzoo}.
 *
 * <p>A command takes the words of a command line. It prints a result on stdout, as text or as one JSON document, progress
 * and failures on stderr, and returns an exit code. Each command is one class that parses, makes one call into the library
 * and prints. It sees the outside world only through its {@link dev.jzoo.cli.console.Host}.
 *
 * <p>Read {@link dev.jzoo.cli.JzooCommand} first, which lists the commands, then {@link dev.jzoo.cli.ListCommand}, the
 * smallest one, and {@link dev.jzoo.cli.console.Failure}, which decides on exit codes.
 */
package dev.jzoo.cli;
