package dev.jzoo.recipes.text;

import dev.jzoo.datasets.catalogue.TinyShakespeare;
import dev.jzoo.numerics.Softmax;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Schedule;
import dev.jzoo.training.recipe.ModelText;
import dev.jzoo.training.recipe.NetworkRecipe;
import dev.jzoo.training.recipe.TrainingTask;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import java.io.IOException;

/**
 * The recipe of a network that says which character comes next. A recipe of this family says which network and how it learns;
 * the rest is the same for all.
 */
abstract class LanguageModel implements NetworkRecipe {

    /** Characters of each part that an epoch is measured on, so that measuring stays cheaper than training. */
    static final int WATCHED = 30_000;

    /** Of so many places of the part: its beginning alone may be easier than the rest, that of Tiny Shakespeare's last tenth is. */
    static final int PLACES = 10;

    /** The network for so many different characters. */
    abstract CharacterNetwork network(int characters);

    abstract ModelText words();

    /** Where the text comes from. */
    RecipeTexts texts(Store store, ProgressListener listener) throws IOException {
        return new RecipeTexts(
                TinyShakespeare.train(store, listener),
                TinyShakespeare.test(store, listener),
                TinyShakespeare.vocabulary(store, listener));
    }

    /** How it learns: Adam, one cycle of the learning rate, gradients clipped to a norm of 1. */
    Plan plan(Hyperparameters settings) {
        return Plan.of(Objective.crossEntropy(), Optimizer.adam(), settings)
                .withSchedule(Schedule.oneCycle())
                .withMaxGradientNorm(1);
    }

    @Override
    public final Headline headline() {
        return new Headline("test.nats", Better.LOWER);
    }

    @Override
    public final TrainingTask prepare(Store store, ProgressListener listener) throws IOException {
        RecipeTexts texts = texts(store, listener);
        return new LanguageTraining(this, texts, network(texts.vocabulary().size()));
    }

    /** So many characters in pieces from evenly spaced places of a text, the first and the last of it among them; a shorter text whole. */
    static int[] excerpts(int[] text, int characters) {
        if (text.length <= characters) {
            return text;
        }
        int piece = characters / PLACES;
        int[] excerpts = new int[piece * PLACES];
        for (int i = 0; i < PLACES; i++) {
            int start = (int) ((long) i * (text.length - piece) / (PLACES - 1));
            System.arraycopy(text, start, excerpts, i * piece, piece);
        }
        return excerpts;
    }

    /** Makes probabilities of what a network of that engine gives, row by row. Changes the outputs. */
    static float[] probabilities(Engine engine, float[] outputs, int characters) {
        if (engine.classOutput() == Engine.ClassOutput.PROBABILITIES) {
            return outputs;
        }
        Softmax.rowsInPlace(outputs, characters);
        return outputs;
    }
}
