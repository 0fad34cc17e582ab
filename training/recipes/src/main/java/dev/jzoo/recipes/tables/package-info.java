/**
 * Recipes of regressions on tables.
 */
package dev.jzoo.recipes.tables;
