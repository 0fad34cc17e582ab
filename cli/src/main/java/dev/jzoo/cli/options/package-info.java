/**
 * Options that several commands share, as picocli mixins with their types and defaults, and the command that a model's card
 * records, which is derived from the parser.
 *
 * <p>Read {@link dev.jzoo.cli.options.LearningOptions} first, then {@link dev.jzoo.cli.options.RecordedCommand}.
 */
package dev.jzoo.cli.options;
