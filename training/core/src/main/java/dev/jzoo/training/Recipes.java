package dev.jzoo.training;

import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.error.JZooException.Code;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The recipes on the class path. */
public final class Recipes {

    /** The recipe name in the card of a model that was fine-tuned on a user's own pictures, without a recipe. */
    public static final String FINETUNE = "finetune";

    private Recipes() {}

    /** Returns all recipes, by name. */
    public static List<Recipe> all() {
        return ServiceLoader.load(Recipe.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Recipe::id))
                .toList();
    }

    /**
     * Returns the recipe with a name.
     *
     * @throws JZooException {@link Code#NOT_FOUND}, naming all recipes
     */
    public static Recipe get(String id) {
        return all().stream()
                .filter(recipe -> recipe.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new JZooException(
                        Code.NOT_FOUND,
                        "There is no recipe '" + id + "'.",
                        "There are " + all().stream().map(Recipe::id).collect(Collectors.joining(", ")) + "."));
    }
}
