/**
 * Recipes of your own. You implement the specific part: data, network, plan, measurements and page ({@link
 * dev.jzoo.training.recipe.TrainingTask}). {@link dev.jzoo.training.recipe.RecipeRunner} does the rest, which is the
 * same for all recipes: it starts the engine, writes the run's folder, trains, exports to ONNX, compares, and writes
 * the model's folder and the report. Read {@link dev.jzoo.training.recipe.NetworkRecipe} first.
 */
package dev.jzoo.training.recipe;
