/**
 * Recipes of picture classifiers, and of classifiers that start from another model. Read {@link
 * dev.jzoo.recipes.pictures.MnistLogistic} first.
 */
package dev.jzoo.recipes.pictures;
