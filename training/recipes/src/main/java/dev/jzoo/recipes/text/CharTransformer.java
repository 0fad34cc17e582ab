package dev.jzoo.recipes.text;

import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.recipe.ModelText;
import java.util.List;

/**
 * A small decoder with causal attention that writes like Tiny Shakespeare. DJL only: DL4J does not have such a layer.
 */
public final class CharTransformer extends LanguageModel {

    private static final int WINDOW = 128;
    private static final int WIDTH = 96;
    private static final int HEADS = 4;
    private static final int LAYERS = 3;
    private static final double DROPOUT = 0.05;

    @Override
    public String id() {
        return "char-transformer";
    }

    @Override
    public String title() {
        return "Transformer with 3 layers that writes like Tiny Shakespeare";
    }

    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(20, 8, 3e-3, 1);
    }

    @Override
    CharacterNetwork network(int characters) {
        return new AttentionCharacters(characters, WINDOW, WIDTH, HEADS, LAYERS, DROPOUT);
    }

    @Override
    ModelText words() {
        return new ModelText(
                "Takes the numbers of 128 characters, int64 [batch, 128], and gives behind each the probability of each"
                        + " character to come next, [batch, 128, 65]. Each place looks back only, so that a shorter text may be"
                        + " filled up with anything.",
                List.of("transformer", "attention"),
                List.of("It looks back 128 characters, and computes all of them again for each new one."));
    }
}
