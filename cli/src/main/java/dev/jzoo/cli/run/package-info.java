/**
 * What {@code jzoo run} does for each kind of model: reads the inputs, runs the model, prints the result.
 */
package dev.jzoo.cli.run;
