/**
 * The making of models: recipes, training runs and their results.
 *
 * <p>The input is plain values of {@link dev.jzoo.datasets}. The output is a {@link dev.jzoo.training.RunFolder} with a
 * model that is ready to publish, exported by {@link dev.jzoo.export} and measured by {@link dev.jzoo.inference}. An
 * {@link dev.jzoo.training.Engine} trains, through a {@link dev.jzoo.training.Learner}; a jar can add engines other
 * than DJL and DL4J.
 *
 * <p>Read {@link dev.jzoo.training.Recipe} first, then {@code recipes.MnistLogistic}: every recipe has the same form.
 */
package dev.jzoo.training;
