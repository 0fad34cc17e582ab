package dev.jzoo.training.recipe;

import dev.jzoo.training.Recipe;
import dev.jzoo.training.RecipeFile;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.card.Task;
import dev.jzoo.zoo.file.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The description of a model by its recipe. Use {@link ModelText#forTask} to make one.
 *
 * @param text summary, tags and limits
 * @param task task of the model
 * @param labels names of the classes or characters, in the order of the output; empty if it has neither
 * @param series end of the series that it continues; empty if it does not continue one
 * @param columns meaning of the numbers in a table's row; empty if it does not read a table
 */
public record ModelDescription(
        ModelText text,
        Task task,
        List<String> labels,
        List<ModelCard.SeriesEnd> series,
        List<ModelCard.Columns> columns) {

    public ModelDescription {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(task, "task");
        labels = List.copyOf(labels);
        series = List.copyOf(series);
        columns = List.copyOf(columns);
    }

    /**
     * Returns the card of a model before it is measured.
     *
     * @param file the recipe file of the model
     * @param digest digest of that file
     */
    public ModelCard card(Recipe recipe, RecipeFile file, Sha256 digest) {
        List<String> tags = new ArrayList<>(text.tags());
        tags.add(file.engine());
        return new ModelCard(
                recipe.id(),
                recipe.version(),
                recipe.title(),
                text.summary(),
                task,
                labels,
                series,
                file.forCard(recipe.defaults(), digest),
                file.dataForCard(),
                new TreeMap<>(),
                recipe.licence(),
                tags,
                text.limits(),
                columns);
    }

    /** Returns the same description with names of classes. */
    public ModelDescription withLabels(List<String> names) {
        return new ModelDescription(text, task, names, series, columns);
    }

    /** Returns the same description with the end of the series that the model continues. */
    public ModelDescription withSeries(ModelCard.SeriesEnd end) {
        return new ModelDescription(text, task, labels, List.of(end), columns);
    }

    /** Returns the same description with the columns of a table. */
    public ModelDescription withColumns(ModelCard.Columns table) {
        return new ModelDescription(text, task, labels, series, List.of(table));
    }
}
