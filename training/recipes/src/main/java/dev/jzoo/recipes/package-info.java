/**
 * The recipes of the zoo, one class each: its data, its network for each engine, its metrics and its report.
 *
 * <p>Recipes of one kind extend the same family, which trains, exports, measures and reports: {@code
 * PictureClassifier}, {@code SignalClassification}, {@code SeriesForecast}, {@code TableRegression}, {@code
 * LanguageModel} or {@code TransferredClassifier}.
 *
 * <p>Read {@link dev.jzoo.recipes.pictures.MnistLogistic} first. To add a recipe, write a class like it and name it in
 * {@code META-INF/services/dev.jzoo.training.Recipe}.
 */
package dev.jzoo.recipes;
