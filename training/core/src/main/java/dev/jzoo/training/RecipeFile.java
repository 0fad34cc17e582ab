package dev.jzoo.training;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.file.Sha256;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code recipe.json} says: everything that decides the weights.
 *
 * @param recipe name
 * @param engine {@link Engine#id} of the engine that trains
 * @param engineVersion its release
 * @param network layers, in words
 * @param initialisation of the weights, in words
 * @param optimizer with its settings, in words
 * @param objective in words
 * @param hyperparameters of the run
 * @param preparation of the data, in words
 * @param data what it trains and is measured on, with digests
 */
@JsonPropertyOrder({
    "recipe",
    "engine",
    "engineVersion",
    "network",
    "initialisation",
    "optimizer",
    "objective",
    "hyperparameters",
    "preparation",
    "data"
})
public record RecipeFile(
        String recipe,
        String engine,
        String engineVersion,
        String network,
        String initialisation,
        String optimizer,
        String objective,
        Hyperparameters hyperparameters,
        String preparation,
        List<Provenance> data) {

    public RecipeFile {
        data = List.copyOf(data);
    }

    /** Names of the fields in which another recipe differs, in the order of the file. */
    String difference(RecipeFile other) {
        List<String> names = new ArrayList<>();
        try {
            for (RecordComponent part : RecipeFile.class.getRecordComponents()) {
                if (!part.getAccessor().invoke(this).equals(part.getAccessor().invoke(other))) {
                    names.add(part.getName());
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A record's parts can be read.", e);
        }
        return String.join(", ", names);
    }

    /**
     * The part of a card that says how the model was made.
     *
     * @param defaults of the recipe: what differs from them, the command says
     * @param digest of this file
     */
    public ModelCard.CardRecipe forCard(Hyperparameters defaults, Sha256 digest) {
        String command = "jzoo train " + recipe + " --engine " + engine + " "
                + String.join(" ", hyperparameters.options(defaults));
        return new ModelCard.CardRecipe(recipe, engine, command, digest);
    }

    /** The part of a card that says what the model was trained and measured on. */
    public List<ModelCard.Data> dataForCard() {
        return data.stream()
                .map(d -> new ModelCard.Data(d.name(), d.sha256(), d.note()))
                .toList();
    }
}
