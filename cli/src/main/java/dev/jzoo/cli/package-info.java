/**
 * The command {@code jzoo}.
 *
 * <p>In come the words of a command line; out go a result on stdout, as text or as one JSON document, progress and failures
 * on stderr, and an exit code. Each command is one class that parses, makes one call into the library and prints; all that
 * it knows of the outside world, it knows from its {@link dev.jzoo.cli.console.Host}.
 *
 * <p>Read {@link dev.jzoo.cli.JzooCommand} first, which has the list of commands, then {@link dev.jzoo.cli.ListCommand}, the
 * smallest one, and {@link dev.jzoo.cli.console.Failure}, which decides on exit codes.
 */
package dev.jzoo.cli;
