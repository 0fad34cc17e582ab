/**
 * Recipes of picture classifiers, and of those that start from another model. Read {@link
 * dev.jzoo.recipes.pictures.MnistLogistic} first.
 */
package dev.jzoo.recipes.pictures;
