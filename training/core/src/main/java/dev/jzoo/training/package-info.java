/**
 * How models are made: recipes, training runs and what they leave behind.
 *
 * <p>In come plain values of {@link dev.jzoo.datasets}; out comes a {@link dev.jzoo.training.RunFolder} with a model that is
 * ready to publish, exported by {@link dev.jzoo.export} and measured through {@link dev.jzoo.inference}. An
 * {@link dev.jzoo.training.Engine} trains, behind {@link dev.jzoo.training.Learner}; others than DJL and DL4J can be added by a jar.
 *
 * <p>Read {@link dev.jzoo.training.Recipe} first, then {@code recipes.MnistLogistic}: every recipe has its shape.
 */
package dev.jzoo.training;
