package dev.jzoo.recipes.text;

import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.recipe.ModelText;
import java.util.List;

/** The twin of {@link ShakespeareLstm} with a simple recurrent layer: tanh(W x + R h + b), without gates. */
public final class ShakespeareRnn extends LanguageModel {

    private static final int EMBEDDING = 32;
    private static final int UNITS = 128;
    private static final double DROPOUT = 0;
    private static final int WINDOW = 100;

    @Override
    public String id() {
        return "shakespeare-rnn";
    }

    @Override
    public String title() {
        return "Simple recurrent network with 128 units that writes like Tiny Shakespeare";
    }

    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(60, 64, 3e-3, 1);
    }

    @Override
    CharacterNetwork network(int characters) {
        return new RecurrentCharacters(
                RecurrentCharacters.CharacterCell.RNN, characters, EMBEDDING, UNITS, DROPOUT, WINDOW);
    }

    @Override
    ModelText words() {
        return new ModelText(
                "Takes the numbers of characters, int64 [batch, time], with the state of the recurrent layer, float [1, batch,"
                        + " 128], and gives the probability of each character to come next, [batch, time, 65], and the state"
                        + " behind the last. A text begins with a state of 0.",
                List.of("rnn"),
                List.of("It has no gates, and forgets sooner than its twin shakespeare-lstm."));
    }
}
