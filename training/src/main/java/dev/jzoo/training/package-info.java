/**
 * How models are made: recipes, training runs and what they leave behind.
 *
 * <p>In come plain values of {@link dev.jzoo.datasets}; out comes a {@link dev.jzoo.training.RunFolder} with a model that is
 * ready to publish, exported by {@link dev.jzoo.export} and measured through {@link dev.jzoo.inference}. The engines, DJL and
 * DL4J, are behind {@link dev.jzoo.training.fit.Learner}.
 *
 * <p>Read {@link dev.jzoo.training.Recipe} first, then {@code recipes.MnistLogistic}: every recipe has its shape.
 */
package dev.jzoo.training;
