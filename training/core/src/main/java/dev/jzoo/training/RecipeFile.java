package dev.jzoo.training;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.file.Sha256;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of {@code recipe.json}: everything that determines the weights.
 *
 * @param recipe name of the recipe
 * @param engine {@link Engine#id} of the engine that trains
 * @param engineVersion its release
 * @param network its layers, in words
 * @param initialisation initialisation of the weights, in words
 * @param optimizer the optimiser with its settings, in words
 * @param objective the objective, in words
 * @param hyperparameters the settings of the run
 * @param preparation preparation of the data, in words
 * @param data the data to train and measure on, with digests
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

    /** Returns the names of the fields in which another recipe differs, in the order of the file. */
    String difference(RecipeFile other) {
        List<String> names = new ArrayList<>();
        try {
            for (RecordComponent part : RecipeFile.class.getRecordComponents()) {
                if (!part.getAccessor().invoke(this).equals(part.getAccessor().invoke(other))) {
                    names.add(part.getName());
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A record's components must be readable.", e);
        }
        return String.join(", ", names);
    }

    /**
     * Returns the part of a card about the making of the model.
     *
     * @param defaults the recipe's defaults; the command sets what differs from them
     * @param digest digest of this file
     */
    public ModelCard.CardRecipe forCard(Hyperparameters defaults, Sha256 digest) {
        String command = "jzoo train " + recipe + " --engine " + engine + " "
                + String.join(" ", hyperparameters.options(defaults));
        return new ModelCard.CardRecipe(recipe, engine, command, digest);
    }

    /** Returns the part of a card about the data that the model was trained and measured on. */
    public List<ModelCard.Data> dataForCard() {
        return data.stream()
                .map(d -> new ModelCard.Data(d.name(), d.sha256(), d.note()))
                .toList();
    }
}
