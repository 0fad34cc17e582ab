package dev.jzoo.recipes;

import dev.jzoo.training.Recipe;
import dev.jzoo.training.RecipeFile;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.card.Task;
import dev.jzoo.zoo.file.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What a recipe says of its model.
 *
 * @param summary what goes in and what comes out, a paragraph
 * @param tags words to find it by
 * @param limits what it cannot do, a sentence each
 */
public record RecipeCard(String summary, List<String> tags, List<String> limits) {

    /**
     * The card of a recipe's model before it is measured.
     *
     * @param file what the model is made by, with its digest
     * @param series that the model continues; none if it continues none
     */
    public ModelCard card(
            Recipe recipe,
            RecipeFile file,
            Sha256 digest,
            Task task,
            List<String> labels,
            List<ModelCard.SeriesEnd> series) {
        List<String> all = new ArrayList<>(tags);
        all.add(file.engine());
        return new ModelCard(
                recipe.id(),
                recipe.version(),
                recipe.title(),
                summary,
                task,
                labels,
                series,
                file.forCard(recipe.defaults(), digest),
                file.dataForCard(),
                new TreeMap<>(),
                "Apache-2.0",
                all,
                limits);
    }
}
