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
 * The description of a model by its recipe. Made by {@link ModelText#forTask}.
 *
 * @param text summary, tags and limits
 * @param task what it is for
 * @param labels names of the classes, or of the characters, in the order of the output; empty where it has neither
 * @param series ends of the series that it continues; empty where it continues none
 * @param columns what the numbers of a table's row mean; empty where it reads no table
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
     * @param file that the model is made by, with its digest
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

    /** Returns the same description with the end of the series that it continues. */
    public ModelDescription withSeries(ModelCard.SeriesEnd end) {
        return new ModelDescription(text, task, labels, List.of(end), columns);
    }

    /** Returns the same description with the columns of a table. */
    public ModelDescription withColumns(ModelCard.Columns table) {
        return new ModelDescription(text, task, labels, series, List.of(table));
    }
}
