/**
 * The files that a shell and {@code man} read about the command line: completion and the manual page. Both are written from the model
 * that picocli keeps of the commands, so that they list what {@code --help} lists.
 */
package dev.jzoo.cli.shell;
