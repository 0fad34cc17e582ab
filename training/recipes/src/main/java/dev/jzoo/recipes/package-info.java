/**
 * The recipes of the zoo, one class each: the data, the network for each engine, what is measured and what the report
 * shows.
 *
 * <p>Recipes of one kind share a family, which trains, exports, measures and reports: {@code PictureClassifier}, {@code
 * SignalClassification}, {@code SeriesForecast} and {@code TableRegression}.
 *
 * <p>Read {@link dev.jzoo.recipes.pictures.MnistLogistic} first. To add a recipe, write a class like it and name it in
 * {@code META-INF/services/dev.jzoo.training.Recipe}.
 */
package dev.jzoo.recipes;
