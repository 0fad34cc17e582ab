/**
 * Recipes of forecasts of a series.
 */
package dev.jzoo.recipes.series;
