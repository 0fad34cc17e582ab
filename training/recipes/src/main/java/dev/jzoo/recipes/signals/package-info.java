/**
 * Recipes of classifiers of one-dimensional signals.
 */
package dev.jzoo.recipes.signals;
