/**
 * Recipes of models that write text, with networks of their own for each engine.
 */
package dev.jzoo.recipes.text;
