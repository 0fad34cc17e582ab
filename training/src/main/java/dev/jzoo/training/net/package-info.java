/**
 * Networks of the recipes, described once and built by each engine with the same initial weights. In comes a
 * {@link dev.jzoo.training.net.Network}; out goes a {@link dev.jzoo.training.fit.Learner} that has it.
 */
package dev.jzoo.training.net;
