package dev.jzoo.recipes.text;

import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.recipe.ModelText;
import java.util.List;

/** An LSTM of 128 units that writes like Tiny Shakespeare. */
public final class ShakespeareLstm extends LanguageModel {

    private static final int EMBEDDING = 32;
    private static final int UNITS = 128;
    private static final double DROPOUT = 0.1;
    private static final int WINDOW = 100;

    @Override
    public String id() {
        return "shakespeare-lstm";
    }

    @Override
    public String title() {
        return "LSTM with 128 units that writes like Tiny Shakespeare";
    }

    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(30, 64, 5e-3, 1);
    }

    @Override
    CharacterNetwork network(int characters) {
        return new RecurrentCharacters(
                RecurrentCharacters.CharacterCell.LSTM, characters, EMBEDDING, UNITS, DROPOUT, WINDOW);
    }

    @Override
    ModelText words() {
        return new ModelText(
                "Takes the numbers of characters, int64 [batch, time], with the states of the LSTM, float [1, batch, 128], and"
                        + " gives the probability of each character to come next, [batch, time, 65], and the states behind the"
                        + " last. A text begins with states of 0.",
                List.of("lstm"),
                List.of());
    }
}
