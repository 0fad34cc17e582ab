/**
 * The work of {@code jzoo run} for each kind of model: reads the inputs, runs the model, prints the result.
 */
package dev.jzoo.cli.run;
